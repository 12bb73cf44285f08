import type { Module } from '../module.ts';
import type { PermissionKit } from './kit.ts';
import { permissionRoutes } from './routes.ts';

export {
  type CallerFor,
  type Findings,
  type Judgment,
  type JudgmentFor,
  judgmentBy,
  type Subject,
} from './judgment.ts';

/** Who may do what with which entities: set for each blueprint, planned, explained, and told with what is read. */
export function permissionsModule(kit: PermissionKit): Module {
  return { routes: permissionRoutes(kit) };
}
