import type { BlueprintInput } from '@gantry/core';
import { amount, description, many, markdown, moment, one, owned, percent, url } from './shared.ts';

const pipeline: BlueprintInput = {
  identifier: 'pipeline',
  title: 'Pipeline',
  description: 'Builds, tests and ships a repository',
  icon: 'CICD',
  schema: {
    properties: {
      status: {
        type: 'string',
        title: 'Status',
        enum: ['Passing', 'Failing', 'Running', 'Switched off'],
        enumColors: { Passing: 'green', Failing: 'red', Running: 'blue', 'Switched off': 'lightGray' },
      },
      url,
      last_run_at: moment('Last run'),
      duration_minutes: amount('Duration, min'),
      success_rate: percent('Success rate, %'),
      failing_step: { type: 'string', title: 'Failing step' },
    },
    required: [],
  },
  relations: { repository: one('repository', 'Repository'), ships: one('service', 'Ships') },
  ...owned,
};

const deployment: BlueprintInput = {
  identifier: 'deployment',
  title: 'Deployment',
  description: 'One version of a service brought to one environment',
  icon: 'Deployment',
  schema: {
    properties: {
      status: {
        type: 'string',
        title: 'Status',
        enum: ['Succeeded', 'Failed', 'Rolled back', 'In progress'],
        enumColors: { Succeeded: 'green', Failed: 'red', 'Rolled back': 'orange', 'In progress': 'blue' },
      },
      version: { type: 'string', title: 'Version' },
      deployed_at: moment('Deployed'),
      duration_seconds: amount('Duration, s'),
      commit: { type: 'string', title: 'Commit', pattern: '^[0-9a-f]{40}$' },
      change: { type: 'string', title: 'Change' },
      diff: { type: 'object', title: 'Diff', format: 'labeled-url' },
    },
    required: [],
  },
  relations: {
    service: one('service', 'Service'),
    environment: one('environment', 'Environment'),
    pipeline: one('pipeline', 'Pipeline'),
    deployed_by: one('_user', 'Deployed by'),
  },
  mirrorProperties: { tier: { title: 'Tier', path: 'service.tier' } },
};

const onCallSchedule: BlueprintInput = {
  identifier: 'on_call_schedule',
  title: 'On-call schedule',
  description: 'Who is called when something breaks',
  icon: 'OnCall',
  schema: {
    properties: {
      rotation: {
        type: 'string',
        title: 'Rotation',
        enum: ['Daily', 'Weekly', 'Follow the sun'],
        enumColors: { Daily: 'blue', Weekly: 'turquoise', 'Follow the sun': 'yellow' },
      },
      on_call_now: { type: 'string', title: 'On call now', format: 'user' },
      next_handover_at: moment('Next handover'),
      escalates_after_minutes: amount('Escalates after, min'),
      time_zone: { type: 'string', title: 'Time zone' },
      url,
    },
    required: [],
  },
  relations: {
    members: many('_user', 'Members'),
    escalates_to: one('on_call_schedule', 'Escalates to'),
  },
  ...owned,
};

const incident: BlueprintInput = {
  identifier: 'incident',
  title: 'Incident',
  description: 'Something that went wrong for customers or colleagues',
  icon: 'Incident',
  schema: {
    properties: {
      status: {
        type: 'string',
        title: 'Status',
        enum: ['Investigating', 'Mitigating', 'Monitoring', 'Resolved'],
        enumColors: { Investigating: 'red', Mitigating: 'orange', Monitoring: 'yellow', Resolved: 'green' },
      },
      severity: {
        type: 'string',
        title: 'Severity',
        enum: ['SEV 1', 'SEV 2', 'SEV 3'],
        enumColors: { 'SEV 1': 'red', 'SEV 2': 'orange', 'SEV 3': 'yellow' },
      },
      impact: { type: 'string', title: 'Impact' },
      started_at: moment('Started'),
      resolved_at: moment('Resolved'),
      orders_affected: amount('Orders affected'),
      chat: { type: 'string', title: 'Chat', format: 'url' },
      report: markdown('Report'),
    },
    required: [],
  },
  relations: {
    affects: many('service', 'Affects'),
    caused_by: one('deployment', 'Caused by'),
    commander: one('_user', 'Commander'),
  },
  calculationProperties: {
    minutes_to_resolve: {
      title: 'Minutes to resolve',
      type: 'number',
      calculation:
        'if .properties.resolved_at then ((.properties.resolved_at | fromdateiso8601) - (.properties.started_at | fromdateiso8601)) / 60 else null end',
    },
  },
  ...owned,
};

const slo: BlueprintInput = {
  identifier: 'slo',
  title: 'SLO',
  description: 'A promise about how well a service works, and how it is kept',
  icon: 'Metric',
  schema: {
    properties: {
      description,
      status: {
        type: 'string',
        title: 'Status',
        enum: ['Kept', 'At risk', 'Broken'],
        enumColors: { Kept: 'green', 'At risk': 'yellow', Broken: 'red' },
      },
      target: percent('Target, %'),
      actual: percent('Last 30 days, %'),
      budget_left: percent('Error budget left, %'),
      dashboard: { type: 'string', title: 'Dashboard', format: 'url', spec: 'embedded-url' },
    },
    required: ['target'],
  },
  relations: { service: { ...one('service', 'Service'), required: true } },
  mirrorProperties: { tier: { title: 'Tier', path: 'service.tier' } },
  ...owned,
};

export const operations = { pipeline, deployment, onCallSchedule, incident, slo };
