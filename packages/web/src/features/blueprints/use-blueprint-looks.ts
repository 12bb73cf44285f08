import { useMemo } from 'react';
import { titleOf, useModel } from '../../data/model.ts';

/** How a blueprint is called and drawn. */
export interface BlueprintLook {
  title: string;
  icon?: string | undefined;
}

/** Title and icon of any blueprint by its identifier, which stands in for the title of one that is not known. */
export function useBlueprintLooks(): (identifier: string) => BlueprintLook {
  const { data } = useModel();
  return useMemo(() => {
    const looks = new Map((data ?? []).map((each) => [each.identifier, { title: titleOf(each), icon: each.icon }]));
    return (identifier: string) => looks.get(identifier) ?? { title: identifier };
  }, [data]);
}
