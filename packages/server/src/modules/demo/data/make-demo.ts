import { apiEntities } from './apis.ts';
import { blueprints, peopleExtensions } from './blueprints/index.ts';
import { businessEntities } from './business.ts';
import { Chance } from './chance.ts';
import { libraryEntities, pipelineEntities, repositoryEntities } from './code.ts';
import type { Demo } from './demo.ts';
import { deploymentEntities, lastDeployments } from './deployments.ts';
import { incidentEntities } from './incidents.ts';
import { Moments } from './moments.ts';
import { scheduleEntities, sloEntities } from './operations.ts';
import { hire, personEntities } from './people.ts';
import { clusterEntities, environmentEntities, resourceEntities } from './platform.ts';
import { serviceEntities } from './services.ts';
import { teamEntities } from './team-entities.ts';
import { topicEntities } from './topics.ts';

/**
 * The demo organization: Tidewick, an online shop for house and garden with parcel vans of its own. Pure: the same seed
 * and moment give the same company, and every date in it is counted from `now`.
 */
export function makeDemo({ now, seed = 1 }: { readonly now: Date; readonly seed?: number }): Demo {
  const chance = new Chance(seed);
  const moments = new Moments(now);
  const people = hire(chance);
  const deployments = deploymentEntities(people, chance, moments);
  return {
    blueprints,
    extensions: peopleExtensions,
    entities: [
      ...teamEntities(people),
      ...personEntities(people, chance, moments),
      ...businessEntities(people.leads),
      ...environmentEntities(),
      ...clusterEntities(moments),
      ...resourceEntities(chance),
      ...topicEntities(),
      ...repositoryEntities(people, chance, moments),
      ...libraryEntities(moments),
      ...scheduleEntities(people, chance, moments),
      ...serviceEntities(people, lastDeployments(deployments), chance, moments),
      ...apiEntities(),
      ...pipelineEntities(chance, moments),
      ...deployments,
      ...incidentEntities(people, deployments, moments),
      ...sloEntities(),
    ],
  };
}
