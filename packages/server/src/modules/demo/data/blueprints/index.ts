import type { BlueprintInput } from '@gantry/core';
import { operations } from './operations.ts';
import { platform } from './platform.ts';
import { service } from './service.ts';
import { software } from './software.ts';

export { peopleExtensions } from './people.ts';

/**
 * The story's own blueprints, in the order in which the data-model page should meet them. Only those with names nobody
 * else will choose require anything: whoever imports a kind called `Environment` beside the demo must not stumble over it.
 */
export const blueprints: readonly BlueprintInput[] = [
  software.businessDomain,
  software.capability,
  software.repository,
  software.library,
  platform.environment,
  platform.cluster,
  platform.cloudResource,
  platform.topic,
  operations.onCallSchedule,
  service,
  software.serviceApi,
  operations.pipeline,
  operations.deployment,
  operations.incident,
  operations.slo,
];
