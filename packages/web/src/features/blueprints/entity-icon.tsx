import { BlueprintIcon } from './blueprint-icon.tsx';
import { useBlueprintLooks } from './use-blueprint-looks.ts';

/** The sign of an entity named from elsewhere: its own icon, or its blueprint's. */
export function EntityIcon({ blueprint, icon }: { blueprint: string; icon?: string | null | undefined }) {
  const lookOf = useBlueprintLooks();
  return <BlueprintIcon identifier={blueprint} icon={icon ?? lookOf(blueprint).icon} />;
}
