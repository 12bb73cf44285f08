import { Link } from '@tanstack/react-router';
import { type ComponentType, lazy } from 'react';
import type { Entity } from '../../data/entities.ts';
import type { ModelBlueprint } from '../../data/model.ts';
import { TabBar, tabClass } from '../../ui/tabs.tsx';
import { entityPlace } from '../blueprints/places.ts';
import { isApiDescription, propertyFacts } from './entity-facts.ts';
import { messages } from './messages.ts';
import { OverviewTab } from './overview/overview-tab.tsx';
import type { TabProps } from './tab-props.ts';

export interface EntityTab {
  name: keyof typeof messages.tabs;
  View: ComponentType<TabProps>;
}

const overview: EntityTab = { name: 'overview', View: OverviewTab };
const relations: EntityTab = { name: 'relations', View: lazy(() => import('./relations/relations-tab.tsx')) };
const api: EntityTab = { name: 'api', View: lazy(() => import('./api/api-tab.tsx')) };
const activity: EntityTab = { name: 'activity', View: lazy(() => import('./activity/activity-tab.tsx')) };
const source: EntityTab = { name: 'source', View: lazy(() => import('./source/source-tab.tsx')) };
const json: EntityTab = { name: 'json', View: lazy(() => import('./json-tab.tsx')) };

/** The tabs that have something to show for this entity. */
export function tabsFor(blueprint: ModelBlueprint, entity: Entity): EntityTab[] {
  const hasApi = propertyFacts(blueprint, entity).some((fact) => isApiDescription(fact) && !fact.empty);
  return [overview, relations, ...(hasApi ? [api] : []), activity, source, json];
}

/** The open tab; an unknown name opens the first. */
export function tabOf(tabs: readonly EntityTab[], name: string | undefined): EntityTab {
  return tabs.find((tab) => tab.name === name) ?? overview;
}

export function EntityTabs({ entity, tabs }: { entity: Entity; tabs: readonly EntityTab[] }) {
  return (
    <TabBar label={messages.tabList}>
      {tabs.map(({ name }) => (
        <Link
          key={name}
          {...entityPlace(entity.blueprint, entity.identifier, name === 'overview' ? undefined : name)}
          className={tabClass}
          activeOptions={{ exact: true, includeSearch: false }}
        >
          {messages.tabs[name]}
        </Link>
      ))}
    </TabBar>
  );
}
