/** The model of the generated catalog: six kinds, as an ordinary company declares them. */

const text = (title: string) => ({ type: 'string', title });
const address = (title: string) => ({ type: 'string', format: 'url', title });
const mail = (title: string) => ({ type: 'string', format: 'email', title });
const choice = (title: string, values: readonly string[]) => ({ type: 'string', enum: [...values], title });
const markdown = (title: string) => ({ type: 'string', format: 'markdown', title });
const tags = { type: 'array', items: { type: 'string' }, title: 'Tags' };
const one = (target: string, title: string) => ({ target, title, many: false, required: false });
const many = (target: string, title: string) => ({ target, title, many: true, required: false });

export const lifecycles = ['production', 'experimental', 'deprecated'] as const;
export const tiers = ['tier-1', 'tier-2', 'tier-3'] as const;
export const serviceTypes = ['service', 'website', 'library', 'documentation'] as const;
export const apiTypes = ['openapi', 'grpc', 'asyncapi', 'graphql'] as const;
export const resourceTypes = ['database', 'bucket', 'queue', 'cluster', 'cache'] as const;
export const languages = ['java', 'go', 'python', 'typescript', 'kotlin', 'rust', 'ruby', 'csharp'] as const;
export const regions = ['eu-west-1', 'us-east-1', 'ap-south-1'] as const;

function blueprint(identifier: string, title: string, icon: string, properties: object, relations: object) {
  return { identifier, title, icon, schema: { properties, required: [] }, relations };
}

/** In the order they have to be declared in: each names only those before it and itself. */
export const blueprints = [
  blueprint(
    'team',
    'Team',
    'Team',
    { description: markdown('Description'), email: mail('Email'), chat: text('Chat channel'), wiki: address('Wiki') },
    { parent: one('team', 'Part of') },
  ),
  blueprint(
    'system',
    'System',
    'Server',
    { description: markdown('Description'), tags, wiki: address('Design'), dashboard: address('Dashboard') },
    { owner: one('team', 'Owner') },
  ),
  blueprint(
    'person',
    'Person',
    'User',
    {
      description: markdown('About'),
      email: mail('Email'),
      login: text('Login'),
      timeZone: text('Time zone'),
      profile: address('Profile'),
    },
    { memberOf: many('team', 'Member of') },
  ),
  blueprint(
    'resource',
    'Resource',
    'Cloud',
    {
      description: markdown('Description'),
      type: choice('Type', resourceTypes),
      tier: choice('Tier', tiers),
      region: choice('Region', regions),
      arn: text('ARN'),
      tags,
      console: address('Console'),
    },
    { owner: one('team', 'Owner'), system: one('system', 'System'), dependsOn: many('resource', 'Depends on') },
  ),
  blueprint(
    'api',
    'API',
    'Api',
    {
      description: markdown('Description'),
      type: choice('Type', apiTypes),
      lifecycle: choice('Lifecycle', lifecycles),
      version: text('Version'),
      tags,
      repository: text('Repository'),
      definition: text('Definition'),
    },
    { owner: one('team', 'Owner'), system: one('system', 'System') },
  ),
  blueprint(
    'service',
    'Service',
    'Microservice',
    {
      description: markdown('Description'),
      type: choice('Type', serviceTypes),
      lifecycle: choice('Lifecycle', lifecycles),
      language: choice('Language', languages),
      tier: choice('Tier', tiers),
      tags,
      repository: text('Repository'),
      pager: text('Pager service'),
      coverage: { type: 'number', title: 'Test coverage (%)' },
      dashboard: address('Dashboard'),
    },
    {
      owner: one('team', 'Owner'),
      system: one('system', 'System'),
      dependsOn: many('service', 'Depends on'),
      uses: many('resource', 'Uses'),
      provides: many('api', 'Provides'),
      consumes: many('api', 'Consumes'),
    },
  ),
];
