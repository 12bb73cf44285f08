import type { BlueprintInput } from '@gantry/core';
import { amount, description, links, many, moment, one, owned, percent, region, url } from './shared.ts';

const environment: BlueprintInput = {
  identifier: 'environment',
  title: 'Environment',
  description: 'A place where services run',
  icon: 'Environment',
  schema: {
    properties: {
      description,
      type: {
        type: 'string',
        title: 'Type',
        enum: ['Development', 'Staging', 'Production'],
        enumColors: { Development: 'blue', Staging: 'yellow', Production: 'red' },
      },
      region,
      url,
      frozen: { type: 'boolean', title: 'Change freeze' },
    },
    required: [],
  },
  relations: { promotes_to: many('environment', 'Promotes to') },
  ...owned,
};

const cluster: BlueprintInput = {
  identifier: 'cluster',
  title: 'Cluster',
  description: 'A Kubernetes cluster',
  icon: 'Cluster',
  schema: {
    properties: {
      description,
      region,
      kubernetes_version: { type: 'string', title: 'Kubernetes' },
      supported_until: moment('Supported until'),
      status: {
        type: 'string',
        title: 'Status',
        enum: ['Ready', 'Upgrading', 'Under pressure'],
        enumColors: { Ready: 'green', Upgrading: 'blue', 'Under pressure': 'orange' },
      },
      nodes: amount('Nodes'),
      pods: amount('Pods'),
      cpu_used: percent('CPU used, %'),
      memory_used: percent('Memory used, %'),
      monthly_cost: amount('Cost a month, €'),
      links,
    },
    required: [],
  },
  relations: { environment: one('environment', 'Environment') },
  calculationProperties: {
    cost_per_pod: {
      title: 'Cost of a pod, €',
      type: 'number',
      calculation: 'if .properties.pods > 0 then (.properties.monthly_cost / .properties.pods) else null end',
    },
  },
  ...owned,
};

const cloudResource: BlueprintInput = {
  identifier: 'cloud_resource',
  title: 'Cloud resource',
  description: 'A database, cache, bucket or search index rented from the cloud',
  icon: 'Database',
  schema: {
    properties: {
      description,
      kind: {
        type: 'string',
        title: 'Kind',
        enum: ['RDS instance', 'Cache', 'Bucket', 'Search index', 'Function', 'Warehouse'],
        enumColors: {
          'RDS instance': 'blue',
          Cache: 'red',
          Bucket: 'green',
          'Search index': 'yellow',
          Function: 'orange',
          Warehouse: 'purple',
        },
      },
      engine: { type: 'string', title: 'Engine' },
      size: { type: 'string', title: 'Size' },
      region,
      storage_gb: amount('Storage, GB'),
      storage_used: percent('Storage used, %'),
      backup_days: amount('Backups kept, days'),
      encrypted: { type: 'boolean', title: 'Encrypted' },
      public: { type: 'boolean', title: 'Reachable from outside' },
      monthly_cost: amount('Cost a month, €'),
      console: { type: 'string', title: 'Console', format: 'url' },
    },
    required: ['kind'],
  },
  relations: { environment: one('environment', 'Environment'), replica_of: one('cloud_resource', 'Replica of') },
  calculationProperties: {
    exposure: {
      title: 'Exposure',
      type: 'string',
      calculation:
        'if .properties.public and (.properties.encrypted | not) then "Open and in clear" elif .properties.public then "Open" elif (.properties.encrypted | not) then "In clear" else "Closed" end',
      colorized: true,
      colors: { 'Open and in clear': 'red', Open: 'orange', 'In clear': 'yellow', Closed: 'green' },
    },
  },
  ...owned,
};

const topic: BlueprintInput = {
  identifier: 'topic',
  title: 'Topic',
  description: 'A stream of events that services publish and read',
  icon: 'Queue',
  schema: {
    properties: {
      description,
      partitions: amount('Partitions'),
      retention_hours: amount('Kept, hours'),
      messages_per_day: amount('Messages a day'),
      personal_data: { type: 'boolean', title: 'Carries personal data' },
      contract: { type: 'object', title: 'Contract', spec: 'async-api' },
    },
    required: [],
  },
  relations: {},
  ...owned,
};

export const platform = { environment, cluster, cloudResource, topic };
