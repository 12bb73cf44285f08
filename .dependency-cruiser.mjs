// Which way the arrows point; ARCHITECTURE.md says why. A rule's comment is what its offender gets to read.

const source = '^packages/[^/]+/src/';
const test = '[.]test[.]tsx?$';
const module = '^packages/server/src/modules/([^/]+)/';

/** What a package of ours may lean on; roofs (server, web, cli) are in no list. */
const arrows = {
  core: [],
  contract: ['core'],
  client: ['contract', 'core'],
  web: ['client', 'contract', 'core'],
  cli: ['client', 'contract', 'core'],
  server: ['contract', 'core'],
};

const rooms = Object.keys(arrows);

/** One rule for each package: everything of ours that is not in its list is out of bounds. */
const packageRules = Object.entries(arrows).map(([name, allowed]) => {
  const forbidden = rooms.filter((other) => other !== name && !allowed.includes(other));
  return {
    name: `${name}-leans-on-${allowed.join('-and-') || 'nothing'}`,
    severity: 'error',
    comment:
      `packages/${name} may import ${allowed.length ? allowed.join(', ') : 'no other package of ours'}. What both sides need belongs further in: ` +
      'a rule of the business in core, the shape of a request or an answer in contract. Server, web and cli are roofs: nothing imports them.',
    from: { path: `^packages/${name}/src/`, pathNot: test },
    to: { path: `^packages/(${forbidden.join('|')})/` },
  };
});

export default {
  forbidden: [
    ...packageRules,
    {
      name: 'no-cycles',
      severity: 'error',
      comment:
        'These files import one another in a circle. Two files that need each other are usually one file, or a third idea without a name: give that its own file.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'core-is-pure',
      severity: 'error',
      comment:
        'Core takes data and gives data: no network, disk, clock, randomness or environment, so that it runs in the browser and needs no set-up in a test. Let the caller fetch it, and take it as an argument.',
      from: { path: '^packages/core/src/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'browser-code-has-no-node',
      severity: 'error',
      comment:
        'Contract, client and web run in the browser, where there are no modules of Node. Use what the web offers (fetch, URL, crypto.subtle).',
      from: { path: '^packages/(contract|client|web)/src/', pathNot: test },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'through-the-door',
      severity: 'error',
      comment:
        "A server module is entered through its index.ts only. Import it from there; if what you need is not offered, ask for the sentence you need to be added, not for the module's insides.",
      from: { path: '^packages/server/src/modules/([^/]+)/' },
      to: {
        path: module,
        pathNot: ['^packages/server/src/modules/$1/', '^packages/server/src/modules/[^/]+/index[.]ts$'],
      },
    },
    {
      name: 'only-compose-knows-the-modules',
      severity: 'error',
      comment:
        'Outside of modules, only compose.ts introduces modules to the rest. Let http, db, jobs and events define what they need as an interface, and let the module bring it.',
      from: {
        path: '^packages/server/src/',
        pathNot: ['^packages/server/src/modules/', '^packages/server/src/compose[.]ts$', test],
      },
      to: { path: module },
    },
    {
      name: 'compose-uses-doors',
      severity: 'error',
      comment: 'Compose introduces modules through their index.ts: export from there what has to be introduced.',
      from: { path: '^packages/server/src/compose[.]ts$' },
      to: { path: module, pathNot: '/index[.]ts$' },
    },
    {
      name: 'storage-knows-no-http',
      severity: 'error',
      comment:
        'db and jobs know nothing of HTTP. Return a value or throw an error of your own; http/ turns it into an answer.',
      from: { path: '^packages/server/src/(db|jobs)/', pathNot: test },
      to: { path: '^packages/server/src/http/' },
    },
    {
      name: 'no-test-in-the-product',
      severity: 'error',
      comment: 'Code that ships imports no test code. Move what both need into a file of its own beside the code.',
      from: { path: source, pathNot: test },
      to: { path: [test, '^packages/[^/]+/test/', '^tests/'] },
    },
    {
      name: 'declared-in-its-package',
      severity: 'error',
      comment:
        'A package imports only what its own package.json lists under dependencies: add it there, or it is missing where only that package is installed.',
      from: { path: source, pathNot: test },
      to: {
        pathNot: '^packages/',
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
      },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment:
        'This import leads nowhere. Relative imports carry their extension (.ts), packages are listed in package.json.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    combinedDependencies: false,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^packages/[^/]+/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
    },
  },
};
