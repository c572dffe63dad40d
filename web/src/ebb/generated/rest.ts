// Made from gateway/openapi.json by `npm run types`: change that, not this.
export interface paths {
    "/api/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who am I */
        get: operations["me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own sessions that are alive, newest first */
        get: operations["mySessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/sessions/{session}/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End one of one's own, with its live connections; the current one is refused: sign out */
        post: operations["endSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/signing-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The keys with which one's organisation signs bids, oldest first, revoked ones too
         * @description `house` is a line of every signed text: SHA-256 of the public key of the transparency log.
         */
        get: operations["mySigningKeys"];
        put?: never;
        /**
         * Register the public half of a key; it signs bids from now on
         * @description At most 20 of an organisation are in force. A key that is in force already is answered as it is.
         */
        post: operations["addSigningKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Organisations */
        get: operations["listOrgs"];
        put?: never;
        /** A new organisation */
        post: operations["createOrg"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One organisation */
        get: operations["showOrg"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People */
        get: operations["listPeople"];
        put?: never;
        /** A new person */
        post: operations["createPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{person}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One person */
        get: operations["showPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** May no longer take part */
        post: operations["suspendOrg"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/orgs/{org}/reinstate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** May take part again */
        post: operations["reinstateOrg"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{person}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new password; the person's sessions end */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{person}/lock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** May not sign in */
        post: operations["lockPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{person}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** May sign in again */
        post: operations["unlockPerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{person}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Gone for good */
        post: operations["disablePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{person}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Login, name and password go for good
         * @description Of somebody disabled. The person keeps id, role and organisation, and the keys of everything personal are destroyed before this is answered. Refused as KEPT_BY_LAW within fifteen years of a procurement that the person, or the supplier the person is of, took part in.
         */
        post: operations["erasePerson"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{person}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A person's sessions that are alive, newest first */
        get: operations["sessionsOf"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/people/{person}/sessions/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End all of a person's sessions, with their live connections; of one's own, all but the current one */
        post: operations["endSessionsOf"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signing-keys/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A key, for whoever verifies a signature; revoked ones too
         * @description `org` is not shown to other suppliers, `added_by` and `revoked_by` only to the organisation and administrators.
         */
        get: operations["getSigningKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/signing-keys/{key}/revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * No later bid is signed with it; what was signed before stays
         * @description By anybody of the organisation, or an administrator. Refused with STATE_CONFLICT when it was revoked before.
         */
        post: operations["revokeSigningKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inquiries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the caller may see, newest first
         * @description A page examines a bounded number of rows: it may be short, or empty, and still have a next. next is the next before, or, where after was given, the next after.
         */
        get: operations["listInquiries"];
        put?: never;
        /** A draft */
        post: operations["createInquiry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inquiry-limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The platform's limits and defaults of a draft */
        get: operations["inquiryLimits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inquiries/{inquiry}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One inquiry */
        get: operations["showInquiry"];
        /** Edit the draft */
        put: operations["editInquiry"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inquiries/{inquiry}/publish": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Lots are scheduled */
        post: operations["publishInquiry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inquiries/{inquiry}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Live lots stand still */
        post: operations["pauseInquiry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inquiries/{inquiry}/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** They go on */
        post: operations["resumeInquiry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inquiries/{inquiry}/abort": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** They end without a winner */
        post: operations["abortInquiry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/inquiries/{inquiry}/relaunch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new draft of the failed lots */
        post: operations["relaunchInquiry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lots/{lot}/result": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Standings and winner, after close */
        get: operations["showResult"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lots/{lot}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every accepted bid, after close */
        get: operations["showHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/log/key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The key that tree heads are signed with (Ed25519) */
        get: operations["showLogKey"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/log/head": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest signed tree head, or the first that covers so many commands */
        get: operations["showTreeHead"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/log/inclusion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** That a command is in the tree of a head (RFC 9162 2.1.3) */
        get: operations["proveInclusion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/log/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** That a tree begins with all of an older one (RFC 9162 2.1.4) */
        get: operations["proveConsistency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/log/entries/{seq}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a leaf is made of, to whom it may be shown */
        get: operations["showLogEntry"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lots/{lot}/disqualify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The bidder's bids are void */
        post: operations["disqualifyBidder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lots/{lot}/reinstate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** They are valid again */
        post: operations["reinstateBidder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lots/{lot}/choice": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Choose a quote; other than the first needs a reason */
        post: operations["chooseQuote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lots/{lot}/choice/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Another person approves the choice */
        post: operations["approveChoice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lots/{lot}/ask-next": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** After a decline the next is asked */
        post: operations["askNext"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lots/{lot}/award-answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The winner confirms or declines */
        post: operations["answerAward"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sign in */
        post: operations["signIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The session ends */
        post: operations["signOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A new password; all other sessions end */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Upgrade to the live protocol: asyncapi.json */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The process is alive */
        get: operations["livez"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Requests are answered */
        get: operations["readyz"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Prometheus text 0.0.4 */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The templates of one's own organisation, oldest first, all in one */
        get: operations["listTemplates"];
        put?: never;
        /** A draft under a name, to begin others with; its limits are judged when it is used */
        post: operations["saveTemplate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/templates/{template}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One template */
        get: operations["template"];
        put?: never;
        post?: never;
        /** It is gone; inquiries made from it stay */
        delete: operations["dropTemplate"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lots/{lot}/surrogate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Asks to enter a bid for a supplier; no price yet */
        post: operations["askSurrogate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lots/{lot}/surrogate/approval": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Another person approves the request */
        post: operations["approveSurrogate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lots/{lot}/surrogate/bid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Who asked enters the bid, once, with its price */
        post: operations["placeSurrogateBid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lots/{lot}/proxy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The house bids for this supplier when another leads, down to the limit */
        post: operations["setProxy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lots/{lot}/proxy/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The proxy ends */
        post: operations["cancelProxy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lots/{lot}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Takes back what was bid in the turn under way */
        post: operations["withdrawBid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/lots/{lot}/cancel-bid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A regulator voids the bid that counts for a bidder; the one before counts again */
        post: operations["cancelBid"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description RFC 9457. What members a refusal has besides depends on its rule. */
        Problem: {
            type: string;
            title: string;
            title_en: string;
            status: number;
            code: string;
            rule?: string;
            basis?: string;
            /** @description What was found, printed by its unit */
            actual?: string | number;
            /** @description What would have been right */
            limit?: string | number;
            errors?: {
                pointer: string;
                detail: string;
            }[];
        };
        Org: {
            id: string;
            name: string;
            /** @enum {string} */
            kind: "buyer" | "supplier" | "regulator" | "platform";
            division: string;
            /** @enum {string} */
            state: "ACTIVE" | "SUSPENDED";
            uscc?: string;
        };
        Person: {
            id: string;
            /** @description Not of somebody erased */
            login?: string;
            /** @description Not of somebody erased */
            display?: string;
            /** @enum {string} */
            role: "administrator" | "purchaser" | "supplier" | "regulator";
            org: string;
            /** @enum {string} */
            state: "ACTIVE" | "LOCKED" | "DISABLED" | "ERASED";
            /**
             * Format: date-time
             * @description Only of somebody erased
             */
            erased_at?: string;
        };
        SignedIn: {
            person: {
                id: string;
                /** @enum {string} */
                role: "administrator" | "purchaser" | "supplier" | "regulator";
                org?: string;
                division?: string;
            };
            /** @description Only for "as":"program" */
            token?: string;
        };
        Me: {
            /** @description Nobody signed in is erased */
            person: WithRequired<components["schemas"]["Person"], "login" | "display">;
            org: components["schemas"]["Org"];
        };
        Lot: {
            /** @example 12-1 */
            lot: string;
            title: string;
            category?: string;
            quantity: number;
            rules: components["schemas"]["Rules"];
            /** @enum {string} */
            state?: "SCHEDULED" | "RUNNING" | "EXTENDED" | "PAUSED" | "SELECTING" | "AWARDED" | "WINNER_DECLINED" | "ORDER_CONFIRMED" | "FAILED_NO_BID" | "FAILED_FEW" | "ABORTED" | "RESULT_PENDING" | "PRACTICE_ENDED";
            /** Format: date-time */
            opens_at?: string;
            /** Format: date-time */
            closed_at?: string;
            /** Format: date-time */
            until?: string;
            reason?: string;
            disqualified?: string[];
            selectable?: string[];
            proposal?: {
                bidder: string;
                by: string;
                by_name?: string;
                reason: string;
            };
            /** @description WINNER_DECLINED: somebody is left to ask; otherwise the lot may be relaunched */
            next_available?: boolean;
            last_refusal?: string;
            /** @description A bid that the buyer's side asks to enter for a supplier; approved_by: it may be entered */
            surrogate?: {
                bidder: string;
                by: string;
                reason: string;
                approved_by?: string;
            };
        };
        LotBrief: {
            /** @example 12-1 */
            lot: string;
            title: string;
            /** @enum {string} */
            format: "reverse" | "sealed" | "rounds" | "dutch" | "japanese";
            /**
             * @description Yuan; never a number
             * @example 98000.00
             */
            ceiling: string;
            /** @enum {string} */
            state?: "SCHEDULED" | "RUNNING" | "EXTENDED" | "PAUSED" | "SELECTING" | "AWARDED" | "WINNER_DECLINED" | "ORDER_CONFIRMED" | "FAILED_NO_BID" | "FAILED_FEW" | "ABORTED" | "RESULT_PENDING" | "PRACTICE_ENDED";
            /** Format: date-time */
            opens_at?: string;
            /** Format: date-time */
            closed_at?: string;
            /**
             * @description What was awarded; yuan, never a number
             * @example 98000.00
             */
            price?: string;
        };
        Rules: {
            /** @enum {string} */
            format: "reverse" | "sealed" | "rounds" | "dutch" | "japanese";
            /**
             * @description Yuan; never a number
             * @example 98000.00
             */
            ceiling: string;
            duration_s?: number;
            /**
             * @description Yuan; never a number
             * @example 98000.00
             */
            decrement?: string;
            /** @enum {string} */
            step_basis?: "own" | "best";
            trigger_window_s?: number;
            extension_s?: number;
            hard_cap_s?: number;
            /**
             * @description Per cent with at most two decimals
             * @example 10.00
             */
            band_over?: string;
            band_places?: number;
            choose_for_s?: number;
            min_bidders: number;
            /**
             * @description Per cent with at most two decimals
             * @example 10.00
             */
            slip_below: string;
            confirm_for_s: number;
            attempts_max: number;
            min_bidders_approved?: number;
            /**
             * @description What a bid must fall by: `decrement`; a share of the reference; `decrement`, and every price whole steps below the ceiling; or by bands
             * @enum {string}
             */
            step_kind?: "fixed" | "percent" | "multiple" | "ladder";
            /**
             * @description step_kind percent: of the reference, rounded up to a fen, at least `decrement`
             * @example 10.00
             */
            decrement_share?: string;
            /** @description step_kind ladder: the first band whose `above` is below the reference; falling, the last from 0 */
            ladder?: {
                /**
                 * @description Yuan; never a number
                 * @example 98000.00
                 */
                above: string;
                /**
                 * @description Yuan; never a number
                 * @example 98000.00
                 */
                decrement: string;
            }[];
            /**
             * @description A new lead is at least so much below the lead; yuan
             * @example 98000.00
             */
            front_buffer?: string;
            /**
             * @description A bid that does not lead is at least so much above the lead; yuan
             * @example 98000.00
             */
            back_buffer?: string;
            /** @description Who leads may not bid before being outbid */
            leader_waits?: boolean;
            /**
             * @description A bid in the last trigger_window_s moves the end; or a clock of extension_s runs after the main time, which every bid starts again
             * @enum {string}
             */
            ending?: "window" | "quiet";
            /**
             * @description What extension_s is counted from
             * @enum {string}
             */
            extend_from?: "bid" | "end";
            /**
             * @description inquiry: a late bid moves every running lot of the inquiry that says so
             * @enum {string}
             */
            extend_scope?: "lot" | "inquiry";
            /** @description Only a bid that reaches this rank or better extends; 0: any */
            trigger_rank?: number;
            /** @description Of a round; 0: as many as hard_cap_s allows */
            extensions_max?: number;
            /**
             * @description Which price leads while bids come in; the close ranks by evaluated price
             * @enum {string}
             */
            rank_by?: "price" | "evaluated";
            /**
             * @description What equal prices mean to the rank that is shown: 1 2 3; 1 1 3; 2 2 3; or they are refused
             * @enum {string}
             */
            ties?: "earliest" | "equal_best" | "equal_worst" | "refused" | "refused_at_lead";
            /** @description What bidders see while bids come in. Absent: the lead and the own rank */
            visibility?: {
                lead: boolean;
                rank: boolean;
                colour: boolean;
                count: boolean;
                /** @description The lead only to those with a valid bid of their own */
                lead_after_bid: boolean;
            };
            /** @description The lead is shown once so many have a valid bid */
            lead_from_bidders?: number;
            /** @description reverse: of elimination; rounds: of turns */
            rounds?: number;
            /** @description reverse: so many of the worst go after a round, but two stay */
            eliminate?: number;
            /** @description rounds: before the first */
            first_pause_s?: number;
            /** @description Between rounds and phases; in series: after the lot before */
            pause_s?: number;
            /** @description Of a turn (rounds) or a level (dutch, japanese) */
            turn_s?: number;
            /**
             * @description Yuan; never a number
             * @example 98000.00
             */
            first_level?: string;
            /**
             * @description Yuan; never a number
             * @example 98000.00
             */
            last_level?: string;
            /**
             * @description Yuan; never a number
             * @example 98000.00
             */
            level_step?: string;
            /** @description dutch: the others may beat the taker by sealed bids; 0: not */
            sealed_for_s?: number;
            /** @description dutch: the taker may beat them once more; 0: not */
            best_bid_for_s?: number;
            /** @description The house bids for a supplier down to a secret limit */
            proxies?: boolean;
            /** @description The buyer's side may enter a bid for a supplier, with a second person */
            surrogates?: boolean;
            /** @description Every bid bears the supplier's own signature, verified before the award; reverse of one round and sealed, without proxies and surrogates */
            signed_bids?: boolean;
            /** @description Where bids are hidden: a later one replaces the earlier */
            requotes?: boolean;
            /** @description Nobody is awarded anything; all lots of an inquiry or none */
            practice?: boolean;
            /**
             * @description When the lots of an inquiry tell their results and ask their winners
             * @enum {string}
             */
            release?: "each" | "awards_together" | "results_together";
        };
        InquiryHead: {
            id: string;
            title: string;
            /** @enum {string} */
            state: "DRAFT" | "PUBLISHED" | "RUNNING" | "CLOSED" | "ABORTED";
            /**
             * @description With what eyes the caller sees it: an admitted supplier, a regulator in scope, the buyer's own people, or anybody
             * @enum {string}
             */
            side: "public" | "bidder" | "supervision" | "buyer";
            buyer: {
                org: string;
                name: string;
            };
            division: string;
            /** Format: date-time */
            published_at?: string;
            relaunch_of?: string;
            relaunch_no?: number;
            relaunched_as?: string;
            lots: components["schemas"]["LotBrief"][];
            /**
             * @description For practice: nobody is awarded anything
             * @constant
             */
            practice?: true;
        };
        Inquiry: {
            id: string;
            title: string;
            /** @enum {string} */
            state: "DRAFT" | "PUBLISHED" | "RUNNING" | "CLOSED" | "ABORTED";
            /**
             * @description With what eyes the caller sees it: an admitted supplier, a regulator in scope, the buyer's own people, or anybody
             * @enum {string}
             */
            side: "public" | "bidder" | "supervision" | "buyer";
            buyer: {
                org: string;
                name: string;
            };
            division: string;
            /** Format: date-time */
            published_at?: string;
            relaunch_of?: string;
            relaunch_no?: number;
            relaunched_as?: string;
            description?: string;
            lots: components["schemas"]["Lot"][];
            admitted?: {
                org: string;
                name: string;
                /**
                 * @description Per cent with at most two decimals
                 * @example 10.00
                 */
                deduction: string;
                /**
                 * @description What a price is divided by where it is ranked: 0.1 to 10, at most four decimals
                 * @example 1.0523
                 */
                coefficient?: string;
                /**
                 * @description Added to the price where it is ranked; yuan, negative for a bonus
                 * @example -100.00
                 */
                addition?: string;
            }[];
            /**
             * @description How the lots follow each other; absent: parallel
             * @enum {string}
             */
            closing?: "parallel" | "serial" | "staggered";
            /** @description staggered: a lot closes so long after the one before */
            stagger_s?: number;
            /**
             * @description For practice: nobody is awarded anything
             * @constant
             */
            practice?: true;
        };
        Draft: {
            title: string;
            description?: string;
            lots: {
                title: string;
                category?: string;
                quantity?: number;
                rules: {
                    /** @enum {string} */
                    format: "reverse" | "sealed" | "rounds" | "dutch" | "japanese";
                    /** @description Yuan with at most two decimals; a number is refused */
                    ceiling: string;
                    duration_s?: number;
                    /** @description Yuan with at most two decimals; a number is refused */
                    decrement?: string;
                    /** @enum {string} */
                    step_basis?: "own" | "best";
                    trigger_window_s?: number;
                    extension_s?: number;
                    hard_cap_s?: number;
                    /**
                     * @description Per cent with at most two decimals
                     * @example 10.00
                     */
                    band_over?: string;
                    band_places?: number;
                    choose_for_s?: number;
                    min_bidders?: number;
                    /**
                     * @description Per cent with at most two decimals
                     * @example 10.00
                     */
                    slip_below?: string;
                    confirm_for_s?: number;
                    attempts_max?: number;
                    /**
                     * @description What a bid must fall by: `decrement`; a share of the reference; `decrement`, and every price whole steps below the ceiling; or by bands
                     * @enum {string}
                     */
                    step_kind?: "fixed" | "percent" | "multiple" | "ladder";
                    /**
                     * @description step_kind percent: of the reference, rounded up to a fen, at least `decrement`
                     * @example 10.00
                     */
                    decrement_share?: string;
                    /** @description step_kind ladder: the first band whose `above` is below the reference; falling, the last from 0 */
                    ladder?: {
                        /** @description Yuan with at most two decimals; a number is refused */
                        above?: string;
                        /** @description Yuan with at most two decimals; a number is refused */
                        decrement: string;
                    }[];
                    /** @description A new lead is at least so much below the lead; yuan */
                    front_buffer?: string;
                    /** @description A bid that does not lead is at least so much above the lead; yuan */
                    back_buffer?: string;
                    /** @description Who leads may not bid before being outbid */
                    leader_waits?: boolean;
                    /**
                     * @description A bid in the last trigger_window_s moves the end; or a clock of extension_s runs after the main time, which every bid starts again
                     * @enum {string}
                     */
                    ending?: "window" | "quiet";
                    /**
                     * @description What extension_s is counted from
                     * @enum {string}
                     */
                    extend_from?: "bid" | "end";
                    /**
                     * @description inquiry: a late bid moves every running lot of the inquiry that says so
                     * @enum {string}
                     */
                    extend_scope?: "lot" | "inquiry";
                    /** @description Only a bid that reaches this rank or better extends; 0: any */
                    trigger_rank?: number;
                    /** @description Of a round; 0: as many as hard_cap_s allows */
                    extensions_max?: number;
                    /**
                     * @description Which price leads while bids come in; the close ranks by evaluated price
                     * @enum {string}
                     */
                    rank_by?: "price" | "evaluated";
                    /**
                     * @description What equal prices mean to the rank that is shown: 1 2 3; 1 1 3; 2 2 3; or they are refused
                     * @enum {string}
                     */
                    ties?: "earliest" | "equal_best" | "equal_worst" | "refused" | "refused_at_lead";
                    /** @description What bidders see while bids come in; what is not said is not seen. Absent: the lead and the own rank */
                    visibility?: {
                        lead?: boolean;
                        rank?: boolean;
                        colour?: boolean;
                        count?: boolean;
                        /** @description The lead only to those with a valid bid of their own */
                        lead_after_bid?: boolean;
                    };
                    /** @description The lead is shown once so many have a valid bid */
                    lead_from_bidders?: number;
                    /** @description reverse: of elimination; rounds: of turns */
                    rounds?: number;
                    /** @description reverse: so many of the worst go after a round, but two stay */
                    eliminate?: number;
                    /** @description rounds: before the first */
                    first_pause_s?: number;
                    /** @description Between rounds and phases; in series: after the lot before */
                    pause_s?: number;
                    /** @description Of a turn (rounds) or a level (dutch, japanese) */
                    turn_s?: number;
                    /** @description Yuan with at most two decimals; a number is refused */
                    first_level?: string;
                    /** @description Yuan with at most two decimals; a number is refused */
                    last_level?: string;
                    /** @description Yuan with at most two decimals; a number is refused */
                    level_step?: string;
                    /** @description dutch: the others may beat the taker by sealed bids; 0: not */
                    sealed_for_s?: number;
                    /** @description dutch: the taker may beat them once more; 0: not */
                    best_bid_for_s?: number;
                    /** @description The house bids for a supplier down to a secret limit */
                    proxies?: boolean;
                    /** @description The buyer's side may enter a bid for a supplier, with a second person */
                    surrogates?: boolean;
                    /** @description Every bid bears the supplier's own signature, verified before the award; reverse of one round and sealed, without proxies and surrogates */
                    signed_bids?: boolean;
                    /** @description Where bids are hidden: a later one replaces the earlier */
                    requotes?: boolean;
                    /** @description Nobody is awarded anything; all lots of an inquiry or none */
                    practice?: boolean;
                    /**
                     * @description When the lots of an inquiry tell their results and ask their winners
                     * @enum {string}
                     */
                    release?: "each" | "awards_together" | "results_together";
                };
            }[];
            admitted?: {
                org: string;
                /**
                 * @description Per cent with at most two decimals
                 * @example 10.00
                 */
                deduction?: string;
                /**
                 * @description What a price is divided by where it is ranked: 0.1 to 10, at most four decimals
                 * @example 1.0523
                 */
                coefficient?: string;
                /**
                 * @description Added to the price where it is ranked; yuan, negative for a bonus
                 * @example -100.00
                 */
                addition?: string;
            }[];
            /**
             * @description How the lots follow each other; absent: parallel
             * @enum {string}
             */
            closing?: "parallel" | "serial" | "staggered";
            /** @description staggered: a lot closes so long after the one before */
            stagger_s?: number;
        };
        Standing: {
            rank: number;
            alias: string;
            bidder?: string;
            name?: string;
            own?: boolean;
            /**
             * @description Yuan; never a number
             * @example 98000.00
             */
            price: string;
            evaluated: string;
            seq: string;
            /** Format: date-time */
            at: string;
            selectable: boolean;
        };
        Result: {
            /** @example 12-1 */
            lot: string;
            /** @enum {string} */
            state: "SCHEDULED" | "RUNNING" | "EXTENDED" | "PAUSED" | "SELECTING" | "AWARDED" | "WINNER_DECLINED" | "ORDER_CONFIRMED" | "FAILED_NO_BID" | "FAILED_FEW" | "ABORTED" | "RESULT_PENDING" | "PRACTICE_ENDED";
            /** Format: date-time */
            closed_at?: string;
            standings: components["schemas"]["Standing"][];
            winner?: {
                alias: string;
                bidder: string;
                name: string;
                /**
                 * @description Yuan; never a number
                 * @example 98000.00
                 */
                price: string;
                confirmed: boolean;
                reason?: string;
            };
            /**
             * @description For practice: nobody is awarded anything
             * @constant
             */
            practice?: true;
        };
        LogKey: {
            key: string;
        };
        /** @description Signed: "ebb tree head 1" and a line feed, size (u64) and time (i64, milliseconds) little-endian, root */
        TreeHead: {
            size: number;
            root: string;
            /** Format: date-time */
            at: string;
            signature: string;
        };
        Inclusion: {
            seq: number;
            size: number;
            leaf: string;
            path: string[];
        };
        Consistency: {
            from: number;
            to: number;
            path: string[];
        };
        /** @description leaf = H(00 public blinding), blinding = H(salt private); salt and private together or not at all */
        LogEntry: {
            seq: number;
            public: string;
            blinding: string;
            salt?: string;
            private?: string;
        };
        History: {
            items: {
                seq: string;
                /** Format: date-time */
                at: string;
                alias: string;
                bidder?: string;
                name?: string;
                own?: boolean;
                /**
                 * @description Yuan; never a number
                 * @example 98000.00
                 */
                price: string;
                /** @constant */
                voided?: true;
                /** @description Of a voided bid: its signature does not hold */
                reason?: string;
            }[];
            next?: string;
        };
        Orgs: {
            items: components["schemas"]["Org"][];
            next?: string;
        };
        People: {
            items: components["schemas"]["Person"][];
            next?: string;
        };
        Inquiries: {
            items: components["schemas"]["InquiryHead"][];
            next?: string;
        };
        InquiryLimits: {
            notice_min_s: number;
            duration_min_s: number;
            duration_max_s: number;
            extension_min_s: number;
            extension_max_s: number;
            quoting_min_s: number;
            confirm_min_s: number;
            confirm_max_s: number;
            resume_floor_s: number;
            min_bidders_max: number;
            lots_max: number;
            bidders_max: number;
            attempts_max: number;
            reason_characters_min: number;
            /** @description The rules of a draft that gives only what must be given */
            defaults: {
                reverse: {
                    /** @constant */
                    format: "reverse";
                    duration_s: number;
                    /** @enum {string} */
                    step_basis: "own" | "best";
                    trigger_window_s: number;
                    extension_s: number;
                    hard_cap_s: number;
                    min_bidders: number;
                    /**
                     * @description Per cent with at most two decimals
                     * @example 10.00
                     */
                    slip_below: string;
                    confirm_for_s: number;
                    attempts_max: number;
                };
                sealed: {
                    /** @constant */
                    format: "sealed";
                    duration_s: number;
                    /**
                     * @description Per cent with at most two decimals
                     * @example 10.00
                     */
                    band_over: string;
                    band_places: number;
                    choose_for_s: number;
                    min_bidders: number;
                    /**
                     * @description Per cent with at most two decimals
                     * @example 10.00
                     */
                    slip_below: string;
                    confirm_for_s: number;
                    attempts_max: number;
                };
                rounds: {
                    /** @constant */
                    format: "rounds";
                    duration_s: number;
                    rounds: number;
                    first_pause_s: number;
                    pause_s: number;
                    turn_s: number;
                    min_bidders: number;
                    /**
                     * @description Per cent with at most two decimals
                     * @example 10.00
                     */
                    slip_below: string;
                    confirm_for_s: number;
                    attempts_max: number;
                };
                dutch: {
                    /** @constant */
                    format: "dutch";
                    turn_s: number;
                    min_bidders: number;
                    /**
                     * @description Per cent with at most two decimals
                     * @example 10.00
                     */
                    slip_below: string;
                    confirm_for_s: number;
                    attempts_max: number;
                };
                japanese: {
                    /** @constant */
                    format: "japanese";
                    turn_s: number;
                    min_bidders: number;
                    /**
                     * @description Per cent with at most two decimals
                     * @example 10.00
                     */
                    slip_below: string;
                    confirm_for_s: number;
                    attempts_max: number;
                };
            };
            /** @description Defaults that follow from another member of the same rules */
            derived: {
                /**
                 * @description decrement: this share of the ceiling in per cent, rounded up to the fen, never above the ceiling
                 * @example 10.00
                 */
                decrement_of_ceiling: string;
                /**
                 * @description decrement: at least this; yuan
                 * @example 98000.00
                 */
                decrement_min: string;
                /** @description hard_cap_s: so many times duration_s */
                hard_cap_durations: number;
                /**
                 * @description From this ceiling on a sealed lot has large_duration_s; yuan
                 * @example 98000.00
                 */
                large_ceiling: string;
                large_duration_s: number;
            };
        };
        Template: {
            id: string;
            name: string;
            /** @description Name of the person who saved it */
            by?: string;
            /** Format: date-time */
            at: string;
            draft: components["schemas"]["Draft"];
        };
        Templates: {
            items: components["schemas"]["Template"][];
        };
        Session: {
            id: string;
            user_agent: string;
            /** Format: date-time */
            opened_at: string;
            /** Format: date-time */
            expires_at: string;
            /** @description The one this was asked under */
            current: boolean;
        };
        SigningKey: {
            id: string;
            /** @enum {string} */
            algorithm: "ECDSA_P256" | "SM2";
            /** @description SHA-256 of the public key in DER */
            fingerprint: string;
            /** Format: date-time */
            added_at: string;
            added_by?: components["schemas"]["NamedPerson"];
            /**
             * Format: date-time
             * @description Absent: in force
             */
            revoked_at?: string;
            revoked_by?: components["schemas"]["NamedPerson"];
            /** @description SubjectPublicKeyInfo in DER; in a list left out */
            public_key?: string;
            /** @description Whose it is; in a list left out */
            org?: string;
        };
        /** @description With the key itself */
        WholeSigningKey: WithRequired<components["schemas"]["SigningKey"], "public_key">;
        NamedPerson: {
            id: string;
            /** @description Absent: the person was erased */
            display?: string;
        };
        SigningKeys: {
            house: string;
            items: components["schemas"]["SigningKey"][];
            next?: string;
        };
        Sessions: {
            items: components["schemas"]["Session"][];
        };
    };
    responses: {
        /** @description Not modified */
        304: {
            headers: {
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description Malformed */
        400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Sign in */
        401: {
            headers: {
                "WWW-Authenticate"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Role, division or origin */
        403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not there */
        404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description State */
        409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Closed */
        410: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description No Content-Length */
        411: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Edited meanwhile */
        412: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too large */
        413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not JSON */
        415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Against a rule */
        422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A WebSocket is spoken here */
        426: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description If-Match is missing */
        428: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many */
        429: {
            headers: {
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Busy, starting or stopping */
        503: {
            headers: {
                "Retry-After"?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        IdempotencyKey: string;
    };
    requestBodies: never;
    headers: {
        /** @description Journal place of the decision */
        EbbSeq: string;
        /** @description Leaf of the command in the transparency log */
        EbbLeaf: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            503: components["responses"]["503"];
        };
    };
    mySessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sessions"];
                };
            };
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            503: components["responses"]["503"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                session: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    mySigningKeys: {
        parameters: {
            query?: {
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningKeys"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            503: components["responses"]["503"];
        };
    };
    addSigningKey: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    algorithm: "ECDSA_P256" | "SM2";
                    /** @description SubjectPublicKeyInfo in DER, as browsers export it */
                    public_key: string;
                };
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningKey"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    listOrgs: {
        parameters: {
            query?: {
                kind?: "buyer" | "supplier" | "regulator" | "platform";
                state?: "ACTIVE" | "SUSPENDED";
                /** @description In the name or the unified social credit code; 1 to 100 bytes; ASCII letters in any case */
                q?: string;
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Orgs"];
                };
            };
            304: components["responses"]["304"];
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            503: components["responses"]["503"];
        };
    };
    createOrg: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    /** @enum {string} */
                    kind: "buyer" | "supplier" | "regulator" | "platform";
                    division: string;
                    uscc?: string;
                };
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Org"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    showOrg: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Org"];
                };
            };
            304: components["responses"]["304"];
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            503: components["responses"]["503"];
        };
    };
    listPeople: {
        parameters: {
            query?: {
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["People"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            503: components["responses"]["503"];
        };
    };
    createPerson: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    login: string;
                    display: string;
                    /** @enum {string} */
                    role: "administrator" | "purchaser" | "supplier" | "regulator";
                    org: string;
                    /** @description 10-128 characters; only its Argon2id hash goes any further */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    showPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            304: components["responses"]["304"];
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            503: components["responses"]["503"];
        };
    };
    suspendOrg: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Org"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    reinstateOrg: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                org: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Org"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                person: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description 10-128 characters; only its Argon2id hash goes any further */
                    password: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    lockPerson: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                person: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    unlockPerson: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                person: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    disablePerson: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                person: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    erasePerson: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
                "If-Match": string;
            };
            path: {
                person: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            412: components["responses"]["412"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            428: components["responses"]["428"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    sessionsOf: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                person: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sessions"];
                };
            };
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            503: components["responses"]["503"];
        };
    };
    endSessionsOf: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                person: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Person"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    getSigningKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeSigningKey"];
                };
            };
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            503: components["responses"]["503"];
        };
    };
    revokeSigningKey: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                key: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SigningKey"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    listInquiries: {
        parameters: {
            query?: {
                /** @description Any of these: repeated or separated by commas */
                state?: ("DRAFT" | "PUBLISHED" | "RUNNING" | "CLOSED" | "ABORTED")[];
                /** @description With a lot of that format */
                format?: "reverse" | "sealed" | "rounds" | "dutch" | "japanese";
                /** @description In the title, a lot's title or the buyer's name; 1 to 100 bytes; ASCII letters in any case */
                q?: string;
                /** @description Of that division or below it */
                division?: string;
                /** @description 1: the caller's own buyer's, those it is admitted to, those in its scope */
                mine?: "0" | "1";
                /** @description Newest first, older than this one; not together with after */
                before?: string;
                /** @description Oldest first, newer than this one */
                after?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiries"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            503: components["responses"]["503"];
        };
    };
    createInquiry: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Draft"];
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    inquiryLimits: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InquiryLimits"];
                };
            };
            401: components["responses"]["401"];
            503: components["responses"]["503"];
        };
    };
    showInquiry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                inquiry: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            304: components["responses"]["304"];
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            503: components["responses"]["503"];
        };
    };
    editInquiry: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
                "If-Match": string;
            };
            path: {
                inquiry: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Draft"];
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            412: components["responses"]["412"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            428: components["responses"]["428"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    publishInquiry: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                inquiry: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: date-time */
                    opens_at: string;
                } | {
                    /** @constant */
                    start: "now";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    pauseInquiry: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                inquiry: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    lots?: number[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            410: components["responses"]["410"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    resumeInquiry: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                inquiry: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    lots?: number[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            410: components["responses"]["410"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    abortInquiry: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                inquiry: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    reason: string;
                    lots?: number[];
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            410: components["responses"]["410"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    relaunchInquiry: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                inquiry: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    showResult: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                lot: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Result"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            503: components["responses"]["503"];
        };
    };
    showHistory: {
        parameters: {
            query?: {
                after?: string;
            };
            header?: never;
            path: {
                lot: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["History"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            503: components["responses"]["503"];
        };
    };
    showLogKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogKey"];
                };
            };
            401: components["responses"]["401"];
            503: components["responses"]["503"];
        };
    };
    showTreeHead: {
        parameters: {
            query?: {
                /** @description Commands that it covers at least */
                size?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TreeHead"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            404: components["responses"]["404"];
            503: components["responses"]["503"];
        };
    };
    proveInclusion: {
        parameters: {
            query: {
                /** @description Of the receipt */
                seq: string;
                /** @description Of the tree; otherwise of the newest head */
                size?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inclusion"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            404: components["responses"]["404"];
            503: components["responses"]["503"];
        };
    };
    proveConsistency: {
        parameters: {
            query: {
                /** @description Size of the older tree */
                from: string;
                /** @description Size of the newer tree; otherwise of the newest head */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consistency"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            404: components["responses"]["404"];
            503: components["responses"]["503"];
        };
    };
    showLogEntry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                seq: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogEntry"];
                };
            };
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            410: components["responses"]["410"];
            503: components["responses"]["503"];
        };
    };
    disqualifyBidder: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                lot: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    bidder: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            410: components["responses"]["410"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    reinstateBidder: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                lot: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    bidder: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            410: components["responses"]["410"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    chooseQuote: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                lot: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    bidder: string;
                    reason?: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            410: components["responses"]["410"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    approveChoice: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                lot: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            410: components["responses"]["410"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    askNext: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                lot: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            410: components["responses"]["410"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    answerAward: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                lot: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @enum {string} */
                    answer: "confirm" | "decline";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            410: components["responses"]["410"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    login: string;
                    password: string;
                    /** @enum {string} */
                    as: "browser" | "program";
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    /** @description ebb_session, for "as":"browser" */
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    "Set-Cookie"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            503: components["responses"]["503"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    old: string;
                    /** @description 10-128 characters; only its Argon2id hash goes any further */
                    new: string;
                };
            };
        };
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    live: {
        parameters: {
            query?: never;
            header?: {
                "Sec-WebSocket-Protocol"?: "ebb.v1.json";
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A WebSocket from here on */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            426: components["responses"]["426"];
            503: components["responses"]["503"];
        };
    };
    livez: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Alive */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    readyz: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ready */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Replaying or stopping */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Figures */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
        };
    };
    listTemplates: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Templates"];
                };
            };
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            503: components["responses"]["503"];
        };
    };
    saveTemplate: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    draft: components["schemas"]["Draft"];
                };
            };
        };
        responses: {
            /** @description Made */
            201: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    template: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                template: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Template"];
                };
            };
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            503: components["responses"]["503"];
        };
    };
    dropTemplate: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                template: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done, nothing to show */
            204: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    askSurrogate: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                lot: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    bidder: string;
                    /** @description At least 10 characters */
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            410: components["responses"]["410"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    approveSurrogate: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                lot: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            410: components["responses"]["410"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    placeSurrogateBid: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                lot: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Yuan with at most two decimals; a number is refused */
                    price: string;
                    confirm?: boolean;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            410: components["responses"]["410"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    setProxy: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                lot: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Yuan with at most two decimals; a number is refused */
                    limit: string;
                    /** @description Yuan with at most two decimals; a number is refused */
                    step: string;
                };
            };
        };
        responses: {
            /** @description Done */
            204: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            410: components["responses"]["410"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    cancelProxy: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                lot: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            410: components["responses"]["410"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    withdrawBid: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                lot: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": Record<string, never>;
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            410: components["responses"]["410"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
    cancelBid: {
        parameters: {
            query?: never;
            header: {
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                lot: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    alias: string;
                    /** @description Its seq */
                    bid: string;
                    reason: string;
                };
            };
        };
        responses: {
            /** @description Done */
            200: {
                headers: {
                    "Ebb-Seq": components["headers"]["EbbSeq"];
                    "Ebb-Leaf": components["headers"]["EbbLeaf"];
                    ETag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Inquiry"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            410: components["responses"]["410"];
            411: components["responses"]["411"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            503: components["responses"]["503"];
        };
    };
}
type WithRequired<T, K extends keyof T> = T & {
    [P in K]-?: T[P];
};
