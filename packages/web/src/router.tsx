import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { modelQuery } from './data/model.ts';
import { sessionQuery } from './data/session.ts';
import { providersQuery } from './data/sign-in.ts';
import { parseAuditSearch } from './features/audit/audit-search.ts';
import { parseViewSearch } from './features/catalog/view.ts';
import { formatGraphSearch, parseGraphSearch } from './features/graph/graph-state.ts';
import { NotFound, RouteFailure } from './shell/failures.tsx';
import { noteRecent } from './shell/recents.ts';
import { Shell } from './shell/shell.tsx';
import { goEvent } from './shell/shortcuts.ts';
import { Waiting } from './shell/waiting.tsx';

/** Text of a search parameter, or undefined for anything else. */
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const flag = (value: unknown): true | undefined => (value === true || value === 'true' ? true : undefined);
/** Leaves out what is not set, so that URLs carry only what was chosen. */
const given = <T extends object>(search: T) =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  notFoundComponent: () => <NotFound />,
  errorComponent: RouteFailure,
  beforeLoad: ({ context }) => context.queryClient.ensureQueryData(sessionQuery),
});

/** What can go wrong before an identity provider is asked. */
const signInProblem = (value: unknown): 'gone' | 'lost' | undefined =>
  value === 'gone' || value === 'lost' ? value : undefined;

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search) =>
    given({
      to: text(search.to),
      token: text(search.token),
      refusal: text(search.refusal),
      problem: signInProblem(search.problem),
    }),
  loader: ({ context }) => context.queryClient.ensureQueryData(providersQuery),
  component: lazyRouteComponent(() => import('./features/sign-in/sign-in-page.tsx'), 'SignInPage'),
});

const signInDone = createRoute({
  getParentRoute: () => root,
  path: '/sign-in/done',
  component: lazyRouteComponent(() => import('./features/sign-in/done-page.tsx'), 'DonePage'),
});

/** Everything behind sign-in. Where nobody is signed in, the address asked for is kept for afterwards. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (!session.actor) throw redirect({ to: '/sign-in', search: { to: location.href } });
    void context.queryClient.prefetchQuery(modelQuery);
  },
});

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery);
    if (session.firstRun) throw redirect({ to: '/setup' });
  },
  component: lazyRouteComponent(() => import('./features/home/home-page.tsx'), 'HomePage'),
});

const setup = createRoute({
  getParentRoute: () => signedIn,
  path: '/setup',
  component: lazyRouteComponent(() => import('./features/setup/setup-page.tsx'), 'SetupPage'),
});

const catalog = createRoute({
  getParentRoute: () => signedIn,
  path: '/catalog',
  component: lazyRouteComponent(() => import('./features/catalog/blueprints-page.tsx'), 'BlueprintsPage'),
});

const blueprint = createRoute({
  getParentRoute: () => signedIn,
  path: '/e/$blueprint',
  validateSearch: parseViewSearch,
  component: lazyRouteComponent(() => import('./features/catalog/catalog-page.tsx'), 'CatalogPage'),
});

const entity = createRoute({
  getParentRoute: () => signedIn,
  path: '/e/$blueprint/$entity/{-$tab}',
  validateSearch: (search) => given({ relation: text(search.relation), view: text(search.view) }),
  component: lazyRouteComponent(() => import('./features/entity/entity-page.tsx'), 'EntityPage'),
});

const newEntity = createRoute({
  getParentRoute: () => signedIn,
  path: '/new/$blueprint',
  component: lazyRouteComponent(() => import('./features/entity-form/new-entity-page.tsx'), 'NewEntityPage'),
});

const editEntity = createRoute({
  getParentRoute: () => signedIn,
  path: '/edit/$blueprint/$entity',
  component: lazyRouteComponent(() => import('./features/entity-form/edit-entity-page.tsx'), 'EditEntityPage'),
});

const graph = createRoute({
  getParentRoute: () => signedIn,
  path: '/graph',
  validateSearch: (search) => formatGraphSearch(parseGraphSearch(search)),
  component: lazyRouteComponent(() => import('./features/graph/graph-page.tsx'), 'GraphPage'),
});

const model = createRoute({
  getParentRoute: () => signedIn,
  path: '/build/model/{-$blueprint}',
  validateSearch: (search) =>
    given({ new: flag(search.new), view: text(search.view), tab: text(search.tab), system: flag(search.system) }),
  component: lazyRouteComponent(() => import('./features/model/model-page.tsx'), 'ModelPage'),
});

const sources = createRoute({
  getParentRoute: () => signedIn,
  path: '/build/sources',
  validateSearch: (search) => given({ q: text(search.q), source: text(search.source) }),
  component: lazyRouteComponent(() => import('./features/sources/sources-page.tsx'), 'SourcesPage'),
});

const search = createRoute({
  getParentRoute: () => signedIn,
  path: '/search',
  validateSearch: (found) => given({ q: text(found.q), blueprint: text(found.blueprint) }),
  component: lazyRouteComponent(() => import('./features/search/search-page.tsx'), 'SearchPage'),
});

const preferences = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/preferences',
  component: lazyRouteComponent(() => import('./features/settings/preferences-page.tsx'), 'PreferencesPage'),
});

const trash = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/trash',
  component: lazyRouteComponent(() => import('./features/settings/trash-page.tsx'), 'TrashPage'),
});

const signInSettings = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/sign-in',
  validateSearch: (search) => given({ provider: text(search.provider) }),
  component: lazyRouteComponent(
    () => import('./features/sign-in-settings/sign-in-settings-page.tsx'),
    'SignInSettingsPage',
  ),
});

const secrets = createRoute({
  getParentRoute: () => signedIn,
  path: '/settings/secrets',
  component: lazyRouteComponent(() => import('./features/secrets/secrets-page.tsx'), 'SecretsPage'),
});

const audit = createRoute({
  getParentRoute: () => signedIn,
  path: '/audit',
  validateSearch: parseAuditSearch,
  component: lazyRouteComponent(() => import('./features/audit/audit-page.tsx'), 'AuditPage'),
});

const signedInTree = signedIn.addChildren([
  home,
  setup,
  catalog,
  blueprint,
  entity,
  newEntity,
  editEntity,
  graph,
  model,
  sources,
  search,
  preferences,
  trash,
  signInSettings,
  secrets,
  audit,
]);
const tree = root.addChildren([signIn, signInDone, signedInTree]);

export function createAppRouter(queryClient: QueryClient) {
  const router = createRouter({
    routeTree: tree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPreloadDelay: 60,
    defaultPreloadStaleTime: 0,
    defaultPendingComponent: Waiting,
    defaultPendingMs: 150,
    defaultPendingMinMs: 300,
    defaultErrorComponent: RouteFailure,
    scrollRestoration: true,
    scrollToTopSelectors: ['#content'],
    defaultNotFoundComponent: () => <NotFound />,
  });
  addEventListener(goEvent, (event) => {
    if (event instanceof CustomEvent && typeof event.detail === 'string') void router.navigate({ to: event.detail });
  });
  router.subscribe('onResolved', () => {
    const params = router.state.matches.at(-1)?.params as { blueprint?: string; entity?: string } | undefined;
    if (params?.blueprint && params.entity) noteRecent({ blueprint: params.blueprint, entity: params.entity });
  });
  return router;
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
