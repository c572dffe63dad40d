// Which page an address shows. Hash routing: the server knows one file, and the page works under any sub-path.
import { createRouter, createWebHashHistory, type RouteLocationNormalized } from 'vue-router'
import type { Role } from './ebb'
import { useSession } from './state/session'

declare module 'vue-router' {
  interface RouteMeta {
    roles?: Role[] // signed in as one of these; none named: anybody
    title?: string // key of the page's title
  }
}

export const router = createRouter({
  history: createWebHashHistory(),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', name: 'hall', component: () => import('./pages/hall/HallPage.vue'), meta: { title: 'hall.title' } },
    { path: '/auctions/:inquiry/:place?', name: 'auction', component: () => import('./pages/auction/AuctionPage.vue'), props: true, meta: { title: 'auction.title' } },
    { path: '/desk', name: 'desk', component: () => import('./pages/desk/DeskPage.vue'), meta: { roles: ['purchaser'], title: 'desk.title' } },
    { path: '/desk/new', name: 'draft-new', component: () => import('./pages/desk/DraftPage.vue'), meta: { roles: ['purchaser'], title: 'desk.newTitle' } },
    { path: '/desk/:inquiry/edit', name: 'draft', component: () => import('./pages/desk/DraftPage.vue'), props: true, meta: { roles: ['purchaser'], title: 'desk.editTitle' } },
    { path: '/desk/:inquiry', name: 'console', component: () => import('./pages/desk/ConsolePage.vue'), props: true, meta: { roles: ['purchaser'], title: 'desk.consoleTitle' } },
    { path: '/record/:inquiry', name: 'record', component: () => import('./pages/desk/RecordPage.vue'), props: true, meta: { title: 'desk.recordTitle' } },
    { path: '/supervision', name: 'supervision', component: () => import('./pages/supervision/SupervisionPage.vue'), meta: { roles: ['regulator'], title: 'supervision.title' } },
    { path: '/sign-in', name: 'sign-in', component: () => import('./pages/account/SignInPage.vue'), meta: { title: 'account.signInTitle' } },
    { path: '/account', name: 'account', component: () => import('./pages/account/AccountPage.vue'), meta: { roles: ['administrator', 'purchaser', 'supplier', 'regulator'], title: 'account.title' } },
    { path: '/admin/:tab(people|orgs)?', name: 'admin', component: () => import('./pages/admin/AdminPage.vue'), props: true, meta: { roles: ['administrator'], title: 'admin.title' } },
    { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./pages/NowherePage.vue'), meta: { title: 'words.nowhereTitle' } },
  ],
})

/** Where somebody goes who just signed in. */
export function homeOf(role: Role | undefined): string {
  return role === 'purchaser' ? '/desk' : role === 'regulator' ? '/supervision' : role === 'administrator' ? '/admin' : '/'
}

router.beforeEach(async (to: RouteLocationNormalized) => {
  const session = useSession()
  if (!to.meta.roles) return true
  if (!session.isKnown) await session.restore()
  if (session.role && to.meta.roles.includes(session.role)) return true
  if (session.role) return { name: 'hall' }
  return { name: 'sign-in', query: { then: to.fullPath } }
})
