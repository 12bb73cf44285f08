import type { BlueprintInput } from '@gantry/core';
import {
  amount,
  countEntities,
  description,
  language,
  lifecycle,
  many,
  markdown,
  moment,
  one,
  owned,
  sumOf,
  url,
} from './shared.ts';

const businessDomain: BlueprintInput = {
  identifier: 'business_domain',
  title: 'Business domain',
  description: 'A part of the business that one director answers for',
  icon: 'Domain',
  schema: {
    properties: { description, charter: markdown('Charter'), yearly_budget: amount('Yearly budget, k€') },
    required: [],
  },
  relations: { sponsor: one('_user', 'Sponsor') },
  aggregationProperties: {
    services: {
      title: 'Services',
      type: 'number',
      target: 'service',
      calculationSpec: countEntities,
      pathFilter: [{ fromBlueprint: 'service', path: ['capability', 'domain'] }],
    },
  },
  ...owned,
};

const capability: BlueprintInput = {
  identifier: 'capability',
  title: 'Capability',
  description: 'Services that together do one thing for the business',
  icon: 'System',
  schema: {
    properties: {
      description,
      criticality: {
        type: 'string',
        title: 'Criticality',
        enum: ['Stops the shop', 'Costs orders', 'Can wait'],
        enumColors: { 'Stops the shop': 'red', 'Costs orders': 'orange', 'Can wait': 'lightGray' },
      },
    },
    required: [],
  },
  relations: {
    domain: { ...one('business_domain', 'Domain'), required: true },
    depends_on: many('capability', 'Depends on'),
  },
  mirrorProperties: { sponsor: { title: 'Sponsor', path: 'domain.sponsor.$title' } },
  aggregationProperties: {
    monthly_cost: {
      title: 'Cost a month, €',
      type: 'number',
      target: 'service',
      calculationSpec: sumOf('monthly_cost'),
      pathFilter: [{ fromBlueprint: 'service', path: ['capability'] }],
    },
  },
  ...owned,
};

const repository: BlueprintInput = {
  identifier: 'repository',
  title: 'Repository',
  description: 'Where source code lives',
  icon: 'Git',
  schema: {
    properties: {
      description,
      url,
      language,
      visibility: {
        type: 'string',
        title: 'Visibility',
        enum: ['Internal', 'Private', 'Public'],
        enumColors: { Internal: 'blue', Private: 'darkGray', Public: 'green' },
      },
      default_branch: { type: 'string', title: 'Default branch' },
      open_pull_requests: amount('Open pull requests'),
      last_commit_at: moment('Last commit'),
      branch_protection: { type: 'boolean', title: 'Branch protection' },
      archived: { type: 'boolean', title: 'Archived' },
      readme: markdown('Readme'),
    },
    required: [],
  },
  relations: { maintainers: many('_user', 'Maintainers') },
  ...owned,
};

const library: BlueprintInput = {
  identifier: 'library',
  title: 'Library',
  description: 'Code that services share',
  icon: 'Package',
  schema: {
    properties: {
      description,
      language,
      lifecycle,
      version: { type: 'string', title: 'Latest version', pattern: '^\\d+\\.\\d+\\.\\d+$' },
      released_at: moment('Released'),
      package: { type: 'string', title: 'Package', format: 'url' },
    },
    required: [],
  },
  relations: { repository: one('repository', 'Repository'), depends_on: many('library', 'Depends on') },
  ...owned,
};

const serviceApi: BlueprintInput = {
  identifier: 'service_api',
  title: 'Service API',
  description: 'What a service promises to its callers',
  icon: 'Api',
  schema: {
    properties: {
      description,
      lifecycle,
      version: { type: 'string', title: 'Version' },
      audience: {
        type: 'string',
        title: 'Audience',
        enum: ['Internal', 'Partner', 'Public'],
        enumColors: { Internal: 'blue', Partner: 'purple', Public: 'green' },
      },
      url,
      requests_per_minute: amount('Requests a minute'),
      specification: { type: 'object', title: 'Specification', spec: 'open-api' },
    },
    required: ['lifecycle'],
  },
  relations: { provided_by: { ...one('service', 'Provided by'), required: true } },
  mirrorProperties: {
    tier: { title: 'Tier', path: 'provided_by.tier' },
    health: { title: 'Health', path: 'provided_by.health' },
  },
  ...owned,
};

export const software = { businessDomain, capability, repository, library, serviceApi };
