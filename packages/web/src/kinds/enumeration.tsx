import { Chip } from '../ui/chip.tsx';
import { hueOfColor } from '../ui/hue.ts';
import { EnumInput } from './inputs/index.ts';
import type { CellProps, KindLook } from './kind.ts';

export function EnumCell({ value, property }: CellProps) {
  const member = String(value);
  const color = property.enumColors?.[member];
  return (
    <Chip hue={hueOfColor(color)} dot={color !== undefined} title={member}>
      {member}
    </Chip>
  );
}

export const enumeration: KindLook = { Cell: EnumCell, Input: EnumInput, filter: 'options', width: 128 };
