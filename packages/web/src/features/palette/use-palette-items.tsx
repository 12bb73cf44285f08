import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { type Entity, searchQuery } from '../../data/entities.ts';
import { keys } from '../../data/keys.ts';
import { titleOf, useModel } from '../../data/model.ts';
import { useMay, useSignOut } from '../../data/session.ts';
import { messages as shell } from '../../shell/messages.ts';
import { openOverlay } from '../../shell/overlay-state.ts';
import { recents } from '../../shell/recents.ts';
import { densities, setDensity, setTheme, themes } from '../../shell/theme.ts';
import {
  IconBolt,
  IconClipboardList,
  IconDatabaseImport,
  IconHistory,
  IconHome,
  IconKey,
  IconSchema,
  IconSearch,
  IconSettings,
  IconStack2,
  IconTrash,
} from '../../ui/icons.ts';
import { showToast } from '../../ui/toast.tsx';
import { BlueprintIcon } from '../blueprints/blueprint-icon.tsx';
import { entityPlace, modelPlace } from '../blueprints/places.ts';
import { type Match, matchWords } from './matching.ts';
import { messages } from './messages.ts';

export interface PaletteItem {
  /** Stays the same while the item does, so that arriving results do not move the highlight. */
  readonly key: string;
  readonly group: string;
  readonly title: string;
  readonly icon: ReactNode;
  /** Right side, quieter: the kind, the path. */
  readonly hint?: string;
  readonly marks: Match['marks'];
  /** Where it leads, for a new tab; absent for commands. */
  readonly href?: string;
  run(): void;
}

type LocalItem = Omit<PaletteItem, 'marks'>;

/** How long (ms) typing rests before the server is asked. */
const PAUSE = 120;
const ENTITIES = 12;

/** What the palette lists for a text: local things at once, then entities from the server, always below. */
export function usePaletteItems(text: string): { items: PaletteItem[]; searching: boolean } {
  const scope = text.startsWith('>') ? 'commands' : text.startsWith('#') ? 'blueprints' : undefined;
  const words = (scope ? text.slice(1) : text).trim();
  const local = useLocalItems();
  const fresh = useRecentItems();
  const found = useFoundEntities(scope ? '' : words);
  const items = useMemo(() => {
    const scoped = local.filter(({ group }) => scope === undefined || group === messages[scope]);
    if (words === '' && !scope)
      return [...fresh, ...scoped.filter(({ group }) => group === messages.pages)].map(unmarked);
    const ranked = rank(words, scoped);
    return scope ? ranked : [...ranked.slice(0, 8), ...found.items];
  }, [words, scope, local, fresh, found.items]);
  return { items, searching: found.searching };
}

const unmarked = (item: LocalItem): PaletteItem => ({ ...item, marks: [] });

function rank(words: string, items: readonly LocalItem[]): PaletteItem[] {
  return items
    .flatMap((item) => {
      const match = matchWords(words, item.title);
      return match ? [{ item: { ...item, marks: match.marks }, score: match.score }] : [];
    })
    .sort((one, other) => other.score - one.score)
    .map(({ item }) => item);
}

function useLocalItems(): LocalItem[] {
  const navigate = useNavigate();
  const may = useMay();
  const signOut = useSignOut();
  const { data: blueprints = [] } = useModel();
  const page = (title: string, href: string, icon: ReactNode): LocalItem => ({
    key: `page ${href}`,
    group: messages.pages,
    title,
    icon,
    href,
    run: () => void navigate({ href }),
  });
  const command = (
    title: string,
    run: () => void,
    icon: ReactNode = <IconBolt size={16} stroke={1.5} />,
  ): LocalItem => ({
    key: `command ${title}`,
    group: messages.commands,
    title,
    icon,
    run,
  });
  const copyLink = async () => {
    await navigator.clipboard.writeText(location.href);
    showToast({ message: messages.linkCopied });
  };
  return [
    page(shell.home, '/', <IconHome size={16} stroke={1.5} />),
    page(shell.catalog, '/catalog', <IconStack2 size={16} stroke={1.5} />),
    page(shell.model, '/build/model', <IconSchema size={16} stroke={1.5} />),
    page(shell.sources, '/build/sources', <IconDatabaseImport size={16} stroke={1.5} />),
    page(shell.trash, '/settings/trash', <IconTrash size={16} stroke={1.5} />),
    page(shell.preferences, '/settings/preferences', <IconSettings size={16} stroke={1.5} />),
    ...(may('user:write') ? [page(shell.signInSettings, '/settings/sign-in', <IconKey size={16} stroke={1.5} />)] : []),
    ...(may('secret:write') ? [page(shell.secrets, '/settings/secrets', <IconKey size={16} stroke={1.5} />)] : []),
    ...(may('audit:read') ? [page(shell.audit, '/audit', <IconClipboardList size={16} stroke={1.5} />)] : []),
    ...blueprints.map(
      (blueprint): LocalItem => ({
        key: `blueprint ${blueprint.identifier}`,
        group: messages.blueprints,
        title: titleOf(blueprint),
        icon: <BlueprintIcon identifier={blueprint.identifier} icon={blueprint.icon} />,
        hint: blueprint.entityCount.toLocaleString(),
        href: `/e/${encodeURIComponent(blueprint.identifier)}`,
        run: () => void navigate({ to: '/e/$blueprint', params: { blueprint: blueprint.identifier } }),
      }),
    ),
    ...(may('entity:write') ? blueprints.filter(({ system }) => !system) : []).map((blueprint) =>
      command(
        messages.newEntity(titleOf(blueprint)),
        () => void navigate({ to: '/new/$blueprint', params: { blueprint: blueprint.identifier } }),
      ),
    ),
    ...(may('blueprint:write')
      ? [command(messages.newBlueprint, () => void navigate({ ...modelPlace(), search: { new: true } }))]
      : []),
    ...themes.map((theme) => command(messages.theme(shell.themes[theme]), () => setTheme(theme))),
    ...densities.map((density) => command(messages.density(shell.densities[density]), () => setDensity(density))),
    command(messages.copyLink, () => void copyLink()),
    command(messages.shortcuts, () => openOverlay('shortcuts')),
    command(messages.signOut, () => signOut.mutate()),
  ];
}

/** Entities looked at last, by the titles that are still in the cache. */
function useRecentItems(): LocalItem[] {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [list] = useState(recents);
  return list.slice(0, 5).map(({ blueprint, entity }): LocalItem => {
    const known = client.getQueryData<Entity>(keys.entity(blueprint, entity));
    return {
      key: `recent ${blueprint}/${entity}`,
      group: messages.recents,
      title: known?.title ?? entity,
      icon: <IconHistory size={16} stroke={1.5} />,
      hint: blueprint,
      href: addressOf(blueprint, entity),
      run: () => void navigate(entityPlace(blueprint, entity)),
    };
  });
}

function useFoundEntities(words: string): { items: PaletteItem[]; searching: boolean } {
  const navigate = useNavigate();
  const asked = useResting(words);
  const { data, isFetching } = useQuery(searchQuery({ q: asked, limit: ENTITIES }));
  const items = useMemo((): PaletteItem[] => {
    if (words === '') return [];
    const found = (data ?? []).map(
      ({ blueprint, identifier, title, icon, blueprintTitle }): PaletteItem => ({
        key: `entity ${blueprint}/${identifier}`,
        group: messages.entities,
        title,
        icon: <BlueprintIcon identifier={blueprint} icon={icon} />,
        hint: blueprintTitle,
        marks: matchWords(words, title)?.marks ?? [],
        href: addressOf(blueprint, identifier),
        run: () => void navigate(entityPlace(blueprint, identifier)),
      }),
    );
    const everything: PaletteItem = {
      key: 'search',
      group: messages.entities,
      title: messages.searchAll(words),
      icon: <IconSearch size={16} stroke={1.5} />,
      marks: [],
      href: `/search?q=${encodeURIComponent(words)}`,
      run: () => void navigate({ to: '/search', search: { q: words } }),
    };
    return [...found, everything];
  }, [data, words, navigate]);
  return { items, searching: isFetching || asked !== words };
}

function addressOf(blueprint: string, entity: string): string {
  return `/e/${encodeURIComponent(blueprint)}/${encodeURIComponent(entity)}`;
}

/** The text once typing rests. */
function useResting(text: string): string {
  const [resting, setResting] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setResting(text), PAUSE);
    return () => clearTimeout(timer);
  }, [text]);
  return resting;
}
