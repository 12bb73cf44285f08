import { Link, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Skeleton } from '../../../ui/states.tsx';
import { TabBar, tabClass } from '../../../ui/tabs.tsx';
import { messages } from '../messages.ts';
import styles from '../model.module.css';
import type { PanelTabProps } from './panel-tab-props.ts';

const views = {
  properties: lazy(() => import('./properties-tab.tsx')),
  relations: lazy(() => import('./relations-tab.tsx')),
  derived: lazy(() => import('./derived-tab.tsx')),
  json: lazy(() => import('./json-tab.tsx')),
};
const names = ['properties', 'relations', 'derived', 'json'] as const;

/** The parts of a blueprint as tabs with URLs of their own. */
export function PanelTabs(props: PanelTabProps) {
  const { tab } = useSearch({ from: '/signed-in/build/model/{-$blueprint}' });
  const open = names.find((name) => name === tab) ?? 'properties';
  const View = views[open];
  return (
    <>
      <TabBar label={messages.tabList}>
        {names.map((name) => (
          <Link
            key={name}
            from="/build/model/{-$blueprint}"
            to="."
            search={({ tab: _, ...rest }) => (name === 'properties' ? rest : { ...rest, tab: name })}
            className={tabClass}
            activeOptions={{ exact: true, includeSearch: true }}
            replace
          >
            {messages.tabs[name]}
          </Link>
        ))}
      </TabBar>
      <div className={styles.panelBody}>
        <Suspense fallback={<Skeleton lines={6} />}>
          <View {...props} />
        </Suspense>
      </div>
    </>
  );
}
