import {
  type Blueprint,
  type BlueprintPermissions,
  type CompiledBlueprint,
  compileBlueprint,
  type OwnPermissions,
  permissionsOf,
} from '@gantry/core';
import type { StoredBlueprint } from './stored-blueprint.ts';

const compiled = new WeakMap<Blueprint, CompiledBlueprint>();

/** The blueprint with everything prepared that its entities need; made once for each revision this process reads. */
export function compiledOf({ definition }: StoredBlueprint): CompiledBlueprint {
  const known = compiled.get(definition) ?? compileBlueprint(definition);
  compiled.set(definition, known);
  return known;
}

const grants = new WeakMap<OwnPermissions, BlueprintPermissions>();

/** The permissions that hold for the blueprint; one object for each revision, so that what is made of it can be kept. */
export function grantsOf({ identifier, permissions }: StoredBlueprint): BlueprintPermissions {
  const known = grants.get(permissions) ?? permissionsOf(identifier, permissions);
  grants.set(permissions, known);
  return known;
}
