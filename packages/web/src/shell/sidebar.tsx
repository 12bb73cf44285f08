import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { type ModelBlueprint, titleOf, useModel } from '../data/model.ts';
import { useMay } from '../data/session.ts';
import { BlueprintIcon } from '../features/blueprints/blueprint-icon.tsx';
import { modelPlace } from '../features/blueprints/places.ts';
import { IconButton } from '../ui/button.tsx';
import {
  IconClipboardList,
  IconDatabaseImport,
  IconHome,
  IconKey,
  IconSchema,
  IconStack2,
  IconTrash,
  IconX,
} from '../ui/icons.ts';
import { Skeleton } from '../ui/states.tsx';
import { messages } from './messages.ts';
import styles from './sidebar.module.css';

const count = new Intl.NumberFormat();

/** The tree of blueprints with their counts; on narrow screens a drawer that also holds the places of the top bar. */
export function Sidebar({ drawer, onCloseDrawer }: { drawer: boolean; onCloseDrawer: () => void }) {
  const panel = useRef<HTMLElement>(null);
  useDrawer(panel, drawer, onCloseDrawer);
  return (
    <>
      {drawer && (
        <button type="button" tabIndex={-1} aria-hidden="true" className={styles.veil} onClick={onCloseDrawer} />
      )}
      <nav ref={panel} className={styles.sidebar} data-drawer={drawer} aria-label={messages.blueprints}>
        <div className={styles.narrow}>
          <IconButton label={messages.closeNavigation} quiet onClick={onCloseDrawer}>
            <IconX size={20} />
          </IconButton>
          <Places />
        </div>
        <BlueprintTree />
      </nav>
    </>
  );
}

function Places() {
  const may = useMay();
  return (
    <div className={styles.group}>
      <Link to="/" className={styles.item} activeOptions={{ exact: true }}>
        <IconHome size={20} stroke={1.5} /> {messages.home}
      </Link>
      <Link to="/catalog" className={styles.item}>
        <IconStack2 size={20} stroke={1.5} /> {messages.catalog}
      </Link>
      <Link {...modelPlace()} className={styles.item}>
        <IconSchema size={20} stroke={1.5} /> {messages.model}
      </Link>
      {may('source:read') && (
        <Link to="/build/sources" className={styles.item}>
          <IconDatabaseImport size={20} stroke={1.5} /> {messages.sources}
        </Link>
      )}
      <Link to="/settings/trash" className={styles.item}>
        <IconTrash size={20} stroke={1.5} /> {messages.trash}
      </Link>
      {may('secret:write') && (
        <Link to="/settings/secrets" className={styles.item}>
          <IconKey size={20} stroke={1.5} /> {messages.secrets}
        </Link>
      )}
      {may('audit:read') && (
        <Link to="/audit" className={styles.item}>
          <IconClipboardList size={20} stroke={1.5} /> {messages.audit}
        </Link>
      )}
    </div>
  );
}

function BlueprintTree() {
  const { data, isPending } = useModel();
  const [words, setWords] = useState('');
  if (isPending) return <Skeleton lines={8} height={20} />;
  const shown = (data ?? []).filter((blueprint) => matches(blueprint, words));
  const own = shown.filter((blueprint) => !blueprint.system);
  const builtIn = shown.filter((blueprint) => blueprint.system);
  return (
    <>
      <input
        type="search"
        className={styles.filter}
        placeholder={messages.filterBlueprints}
        aria-label={messages.filterBlueprints}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && setWords('')}
      />
      {shown.length === 0 && words !== '' && <p className={styles.none}>{messages.noBlueprintMatches}</p>}
      {own.length > 0 && <Group title={messages.blueprints} blueprints={own} />}
      {builtIn.length > 0 && <Group title={messages.systemBlueprints} blueprints={builtIn} />}
    </>
  );
}

function Group({ title, blueprints }: { title: string; blueprints: readonly ModelBlueprint[] }) {
  return (
    <section className={styles.group} aria-label={title}>
      <h2 className={styles.heading}>{title}</h2>
      <ul>
        {blueprints.map((blueprint) => (
          <li key={blueprint.identifier}>
            <Link to="/e/$blueprint" params={{ blueprint: blueprint.identifier }} className={styles.item}>
              <BlueprintIcon identifier={blueprint.identifier} icon={blueprint.icon} />
              <span className={styles.title}>{titleOf(blueprint)}</span>
              {blueprint.staleCount > 0 && (
                <span className={styles.stale} title={messages.stale(blueprint.staleCount)}>
                  <span className="visually-hidden">{messages.stale(blueprint.staleCount)}</span>
                </span>
              )}
              <span className={styles.count}>{count.format(blueprint.entityCount)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function matches(blueprint: ModelBlueprint, words: string): boolean {
  const wanted = words.trim().toLowerCase();
  return titleOf(blueprint).toLowerCase().includes(wanted) || blueprint.identifier.toLowerCase().includes(wanted);
}

/** As a drawer: takes the focus, keeps it, closes on Esc and gives the focus back. */
function useDrawer(panel: React.RefObject<HTMLElement | null>, open: boolean, close: () => void): void {
  const closing = useRef(close);
  closing.current = close;
  useEffect(() => {
    const element = panel.current;
    if (!open || !element) return;
    const before = document.activeElement;
    element.querySelector<HTMLElement>('button, a')?.focus();
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') closing.current();
      if (event.key === 'Tab') keepInside(element, event);
    };
    element.addEventListener('keydown', onKey);
    return () => {
      element.removeEventListener('keydown', onKey);
      if (before instanceof HTMLElement) before.focus();
    };
  }, [open, panel]);
}

function keepInside(element: HTMLElement, event: KeyboardEvent): void {
  const stops = element.querySelectorAll<HTMLElement>('a, button, input');
  const [first, last] = [stops[0], stops[stops.length - 1]];
  if (event.shiftKey && document.activeElement === first) {
    event.preventDefault();
    last?.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    first?.focus();
  }
}
