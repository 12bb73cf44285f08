import { type Blueprint, type CompiledBlueprint, compileBlueprint } from '@gantry/core';
import type { StoredBlueprint } from './stored-blueprint.ts';

const compiled = new WeakMap<Blueprint, CompiledBlueprint>();

/** The blueprint with everything prepared that its entities need; made once for each revision this process reads. */
export function compiledOf({ definition }: StoredBlueprint): CompiledBlueprint {
  const known = compiled.get(definition) ?? compileBlueprint(definition);
  compiled.set(definition, known);
  return known;
}
