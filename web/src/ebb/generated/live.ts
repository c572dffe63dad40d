// Made from gateway/asyncapi.json by `npm run types`: change that, not this.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description yuan, two decimals */
        money: string;
        /** @description yuan as a string; more than two decimals are AMOUNT_PRECISION, what is not positive is refused by the rules */
        price: string;
        /** @description RFC 3339, UTC, milliseconds */
        moment: string;
        inquiry: string;
        /** @description inquiry and place */
        lot: string;
        number_text: string;
        /** @description idempotency key; the client's choice */
        key: string;
        alias: string;
        offset: number;
        count: number;
        place: number;
        /** @enum {string} */
        state: "SCHEDULED" | "RUNNING" | "EXTENDED" | "PAUSED" | "SELECTING" | "AWARDED" | "WINNER_DECLINED" | "ORDER_CONFIRMED" | "FAILED_NO_BID" | "FAILED_FEW" | "ABORTED" | "RESULT_PENDING" | "PRACTICE_ENDED";
        /** @description RFC 9457 */
        problem: {
            type: string;
            title: string;
            title_en: string;
            status: number;
            code: string;
            rule: string;
            basis?: string;
            /** @description what was found, printed by its unit */
            actual?: string | number;
            /** @description what would have been right */
            limit?: string | number;
            errors?: {
                pointer: string;
                detail: string;
            }[];
        };
        /** @description of the command in the transparency log, by which GET /api/v1/log/inclusion proves it; a repeat has that of the original */
        leaf: string;
        /** @description one decided attempt of this bidder; price only of an accepted one where bids are open */
        attempt: {
            key: components["schemas"]["key"];
            /** @enum {string} */
            outcome: "accepted" | "refused";
            seq: number;
            at: components["schemas"]["moment"];
            attempt: components["schemas"]["count"];
            rank?: components["schemas"]["place"];
            price?: components["schemas"]["money"];
            leaf?: components["schemas"]["leaf"];
            problem?: components["schemas"]["problem"];
            /**
             * @description entered by the buyer's side
             * @constant
             */
            surrogate?: true;
        };
        standing: {
            rank: components["schemas"]["place"];
            alias: components["schemas"]["alias"];
            price: components["schemas"]["money"];
            at: components["schemas"]["moment"];
            /** @constant */
            selectable?: true;
        };
        result: {
            closed_at: components["schemas"]["moment"];
            standings: components["schemas"]["standing"][];
            winner?: {
                alias: components["schemas"]["alias"];
                name: string;
                price: components["schemas"]["money"];
                confirm_until: components["schemas"]["moment"];
            };
            choose_until?: components["schemas"]["moment"];
        };
        /** @description automatic: by a proxy; surrogate: entered by the buyer's side; voided: the bid of that seq counts no more */
        bid_line: {
            seq: number;
            at: components["schemas"]["moment"];
            alias: components["schemas"]["alias"];
            price: components["schemas"]["money"];
            rank?: components["schemas"]["place"];
            /** @constant */
            automatic?: true;
            /** @constant */
            surrogate?: true;
            /** @constant */
            voided?: true;
            /** @description why it was voided */
            reason?: string;
        };
        bidder_line: {
            alias: components["schemas"]["alias"];
            rank?: components["schemas"]["place"];
            price?: components["schemas"]["money"];
            disqualified?: string;
            /** @constant */
            eliminated?: true;
        };
        /**
         * @description of the last extension
         * @enum {string}
         */
        extended_because: "late_bid" | "too_few_quotes" | "outage" | "quiet_period" | "other_lot";
        /**
         * @description the server paused, not a person
         * @enum {string}
         */
        paused_because: "clock_step";
        /** @description a best price as it was told; without price: the best was taken away */
        lead: {
            at: components["schemas"]["moment"];
            price?: components["schemas"]["money"];
        };
        award: {
            price: components["schemas"]["money"];
            until: components["schemas"]["moment"];
        };
        picture_public: {
            title: string;
            /** @enum {string} */
            format: "reverse" | "sealed" | "rounds" | "dutch" | "japanese";
            ceiling: components["schemas"]["money"];
            decrement?: components["schemas"]["money"];
            /** @enum {string} */
            step_basis?: "own" | "best";
            trigger_window_s?: components["schemas"]["count"];
            extension_s?: components["schemas"]["count"];
            hard_cap_s?: components["schemas"]["count"];
            /** @enum {string} */
            step_kind?: "fixed" | "percent" | "multiple" | "ladder";
            decrement_share?: string;
            ladder?: {
                above: components["schemas"]["money"];
                decrement: components["schemas"]["money"];
            }[];
            front_buffer?: components["schemas"]["money"];
            back_buffer?: components["schemas"]["money"];
            leader_waits?: boolean;
            /** @enum {string} */
            ending?: "window" | "quiet";
            /** @enum {string} */
            extend_from?: "bid" | "end";
            /** @enum {string} */
            extend_scope?: "lot" | "inquiry";
            trigger_rank?: components["schemas"]["count"];
            extensions_max?: components["schemas"]["count"];
            /** @enum {string} */
            rank_by?: "price" | "evaluated";
            /** @enum {string} */
            ties?: "earliest" | "equal_best" | "equal_worst" | "refused" | "refused_at_lead";
            visibility?: {
                lead: boolean;
                rank: boolean;
                colour: boolean;
                count: boolean;
                lead_after_bid: boolean;
            };
            lead_from_bidders?: components["schemas"]["count"];
            rounds?: components["schemas"]["count"];
            eliminate?: components["schemas"]["count"];
            first_pause_s?: components["schemas"]["count"];
            pause_s?: components["schemas"]["count"];
            turn_s?: components["schemas"]["count"];
            first_level?: components["schemas"]["money"];
            last_level?: components["schemas"]["money"];
            level_step?: components["schemas"]["money"];
            sealed_for_s?: components["schemas"]["count"];
            best_bid_for_s?: components["schemas"]["count"];
            proxies?: boolean;
            surrogates?: boolean;
            /** @description every bid bears the supplier's own signature (PROTOCOL.md, Signed bids) */
            signed_bids?: boolean;
            requotes?: boolean;
            practice?: boolean;
            /** @enum {string} */
            release?: "each" | "awards_together" | "results_together";
            opens_at: components["schemas"]["moment"];
            state: components["schemas"]["state"];
            ends_at: components["schemas"]["moment"];
            extensions: components["schemas"]["count"];
            extended_because?: components["schemas"]["extended_because"];
            stage?: components["schemas"]["stage"];
            remaining_s?: components["schemas"]["count"];
            reason?: string;
            paused_because?: components["schemas"]["paused_because"];
            best?: components["schemas"]["money"];
            /** @description the course of the best price, oldest first; where it is told */
            leads?: components["schemas"]["lead"][];
            result?: components["schemas"]["result"];
        };
        picture_own: {
            alias: components["schemas"]["alias"];
            attempts_left: components["schemas"]["count"];
            receipts: components["schemas"]["attempt"][];
            rank?: components["schemas"]["place"];
            best_own?: components["schemas"]["money"];
            next_limit?: components["schemas"]["money"];
            disqualified?: string;
            award?: components["schemas"]["award"];
            /** @description the best price, where only who has bid may see it */
            lead?: components["schemas"]["money"];
            /**
             * @description leads; equal to the lead; neither
             * @enum {string}
             */
            colour?: "green" | "yellow" | "red";
            /** @description with a valid bid */
            bidders?: components["schemas"]["count"];
            /** @constant */
            eliminated?: true;
            /** @description a proxy bids for this bidder */
            proxy?: {
                step: components["schemas"]["money"];
            };
            voided?: components["schemas"]["voided"];
        };
        /** @description own bids that count no more, and why; replaced as a whole */
        voided: {
            seq: number;
            reason: string;
        }[];
        /** @description of a sealed lot before its close, of rounds before the first quotes are opened: empty */
        picture_supervision: {
            bidders?: components["schemas"]["bidder_line"][];
            bids?: components["schemas"]["bid_line"][];
        };
        /** @description the stage under way of a lot that has several; replaced as a whole */
        stage: {
            /** @enum {string} */
            kind: "bidding" | "quiet" | "break" | "turn" | "level" | "sealed_bids" | "best_bid";
            round: components["schemas"]["place"];
            turn?: components["schemas"]["place"];
            alias?: components["schemas"]["alias"];
            level?: components["schemas"]["money"];
            ends_at: components["schemas"]["moment"];
        };
        /** @description every published lot of these inquiries */
        subscribe_message: {
            /** @constant */
            type: "subscribe";
            id: components["schemas"]["key"];
            inquiries: components["schemas"]["inquiry"][];
            resume?: {
                stream: string;
                epoch: string;
                offset: components["schemas"]["offset"];
            }[];
        };
        /** @description no more of these inquiries */
        unsubscribe_message: {
            /** @constant */
            type: "unsubscribe";
            id: components["schemas"]["key"];
            inquiries: components["schemas"]["inquiry"][];
        };
        /** @description an offer; answered by receipt or problem */
        bid_message: {
            /** @constant */
            type: "bid";
            lot: components["schemas"]["lot"];
            price: components["schemas"]["price"];
            key: components["schemas"]["key"];
            confirm?: boolean;
            /** @description where the rules say signed_bids (PROTOCOL.md, Signed bids) */
            signature?: {
                /** @description number of the signing key */
                key: string;
                /** @description r and s, 32 bytes each */
                value: string;
            };
        };
        /** @description what happened to this key? */
        ask_message: {
            /** @constant */
            type: "ask";
            lot: components["schemas"]["lot"];
            key: components["schemas"]["key"];
        };
        /** @description takes back what was bid in the turn under way */
        withdraw_message: {
            /** @constant */
            type: "withdraw";
            id: components["schemas"]["key"];
            lot: components["schemas"]["lot"];
        };
        /** @description the house bids for this supplier when another leads, down to the limit */
        set_proxy_message: {
            /** @constant */
            type: "set_proxy";
            id: components["schemas"]["key"];
            lot: components["schemas"]["lot"];
            limit: components["schemas"]["price"];
            step: components["schemas"]["price"];
        };
        /** @description the proxy ends */
        cancel_proxy_message: {
            /** @constant */
            type: "cancel_proxy";
            id: components["schemas"]["key"];
            lot: components["schemas"]["lot"];
        };
        /** @description clock probe */
        time_probe_message: {
            /** @constant */
            type: "time";
            /** @description the client's own milliseconds, any origin */
            t0: number;
        };
        /** @description the first message */
        hello_message: {
            /** @constant */
            type: "hello";
            server_time: components["schemas"]["moment"];
            session: components["schemas"]["number_text"];
            you: null | {
                person: components["schemas"]["number_text"];
                org: components["schemas"]["number_text"];
                /** @enum {string} */
                role: "administrator" | "purchaser" | "supplier" | "regulator";
                division: string;
            };
            /** @constant */
            protocol: "ebb.v1";
        };
        /** @description the subscription stands; a snapshot or the missing updates of each stream follow */
        subscribed_message: {
            /** @constant */
            type: "subscribed";
            id: components["schemas"]["key"];
            streams: string[];
        };
        /** @description the last of these inquiries */
        unsubscribed_message: {
            /** @constant */
            type: "unsubscribed";
            id: components["schemas"]["key"];
        };
        /** @description the whole picture of the view public */
        snapshot_public_message: {
            /** @constant */
            type: "snapshot";
            stream: string;
            epoch: string;
            offset: components["schemas"]["offset"];
            lot: components["schemas"]["picture_public"];
        };
        /** @description what changed of the view public; null: no longer there */
        update_public_message: {
            /** @constant */
            type: "update";
            stream: string;
            offset: number;
            at: components["schemas"]["moment"];
            opens_at?: components["schemas"]["moment"];
            state?: components["schemas"]["state"];
            ends_at?: components["schemas"]["moment"];
            extensions?: components["schemas"]["count"];
            extended_because?: components["schemas"]["extended_because"] | null;
            stage?: components["schemas"]["stage"] | null;
            remaining_s?: components["schemas"]["count"] | null;
            reason?: string | null;
            paused_because?: components["schemas"]["paused_because"] | null;
            best?: components["schemas"]["money"] | null;
            result?: components["schemas"]["result"];
        };
        /** @description the whole picture of the view own */
        snapshot_own_message: {
            /** @constant */
            type: "snapshot";
            stream: string;
            epoch: string;
            offset: components["schemas"]["offset"];
            lot: components["schemas"]["picture_own"];
        };
        /** @description what changed of the view own; null: no longer there */
        update_own_message: {
            /** @constant */
            type: "update";
            stream: string;
            offset: number;
            at: components["schemas"]["moment"];
            attempts_left?: components["schemas"]["count"];
            receipts?: components["schemas"]["attempt"][];
            rank?: components["schemas"]["place"] | null;
            best_own?: components["schemas"]["money"] | null;
            next_limit?: components["schemas"]["money"] | null;
            disqualified?: string | null;
            award?: components["schemas"]["award"] | null;
            lead?: components["schemas"]["money"] | null;
            colour?: ("green" | "yellow" | "red") | null;
            bidders?: components["schemas"]["count"];
            eliminated?: true | null;
            proxy?: {
                step: components["schemas"]["money"];
            } | null;
            voided?: components["schemas"]["voided"];
        };
        /** @description the whole picture of the view supervision */
        snapshot_supervision_message: {
            /** @constant */
            type: "snapshot";
            stream: string;
            epoch: string;
            offset: components["schemas"]["offset"];
            lot: components["schemas"]["picture_supervision"];
        };
        /** @description what changed of the view supervision; null: no longer there */
        update_supervision_message: {
            /** @constant */
            type: "update";
            stream: string;
            offset: number;
            at: components["schemas"]["moment"];
            bidders?: components["schemas"]["bidder_line"][];
            bids?: components["schemas"]["bid_line"][];
        };
        /** @description the decision on an attempt: answer to bid and ask */
        receipt_message: {
            /** @constant */
            type: "receipt";
            lot: components["schemas"]["lot"];
            repeated: boolean;
            key: components["schemas"]["key"];
            /** @enum {string} */
            outcome: "accepted" | "refused";
            seq: number;
            at: components["schemas"]["moment"];
            attempt: components["schemas"]["count"];
            rank?: components["schemas"]["place"];
            price?: components["schemas"]["money"];
            leaf?: components["schemas"]["leaf"];
            problem?: components["schemas"]["problem"];
        };
        /** @description answer to ask: no attempt with this key was decided */
        unknown_key_message: {
            /** @constant */
            type: "unknown_key";
            lot: components["schemas"]["lot"];
            key: components["schemas"]["key"];
        };
        /** @description answer to withdraw, set_proxy and cancel_proxy: it happened */
        done_message: {
            /** @constant */
            type: "done";
            id: components["schemas"]["key"];
            seq: number;
            leaf?: components["schemas"]["leaf"];
        };
        /** @description answer to a clock probe */
        time_message: {
            /** @constant */
            type: "time";
            t0: number;
            t1: number;
            t2: number;
        };
        /** @description not understood, or not allowed; nothing was done */
        problem_message: {
            /** @constant */
            type: "problem";
            id?: components["schemas"]["key"];
            key?: components["schemas"]["key"];
            problem: components["schemas"]["problem"];
        };
        listen_message: components["schemas"]["subscribe_message"] | components["schemas"]["unsubscribe_message"] | components["schemas"]["bid_message"] | components["schemas"]["ask_message"] | components["schemas"]["withdraw_message"] | components["schemas"]["set_proxy_message"] | components["schemas"]["cancel_proxy_message"] | components["schemas"]["time_probe_message"];
        tell_message: components["schemas"]["hello_message"] | components["schemas"]["subscribed_message"] | components["schemas"]["unsubscribed_message"] | components["schemas"]["snapshot_public_message"] | components["schemas"]["update_public_message"] | components["schemas"]["snapshot_own_message"] | components["schemas"]["update_own_message"] | components["schemas"]["snapshot_supervision_message"] | components["schemas"]["update_supervision_message"] | components["schemas"]["receipt_message"] | components["schemas"]["unknown_key_message"] | components["schemas"]["done_message"] | components["schemas"]["time_message"] | components["schemas"]["problem_message"];
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
