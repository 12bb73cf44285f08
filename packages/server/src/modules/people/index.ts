import type { Module } from '../module.ts';
import type { PeopleKit } from './kit.ts';
import { teamRoutes } from './team-routes.ts';
import { userRoutes } from './user-routes.ts';

export type { AccountKeeper, SignInLink } from './kit.ts';
export { peopleRules } from './rules.ts';

/** People and teams as Port's API has them: views on the `_user` and `_team` entities, written as those are. */
export function peopleModule(kit: PeopleKit): Module {
  return { routes: [...userRoutes(kit), ...teamRoutes(kit)] };
}
