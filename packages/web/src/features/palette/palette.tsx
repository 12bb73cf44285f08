import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { IconSearch } from '../../ui/icons.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { TopDialog } from '../../ui/top-dialog.tsx';
import { messages } from './messages.ts';
import styles from './palette.module.css';
import { type PaletteItem, usePaletteItems } from './use-palette-items.tsx';

/** One field for everything: pages, blueprints, commands and entities; a combobox with a list box to screen readers. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string>();
  const { items, searching } = usePaletteItems(text);
  const highlighted = items.find(({ key }) => key === chosen) ?? items[0];
  const list = useRef<HTMLDivElement>(null);
  const highlightedKey = highlighted?.key;
  useEffect(() => {
    if (highlightedKey) list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [highlightedKey]);

  const run = (item: PaletteItem, newTab: boolean) => {
    onClose();
    if (newTab && item.href) window.open(item.href, '_blank', 'noopener');
    else item.run();
  };
  const move = (by: number) => {
    const at = highlighted ? items.indexOf(highlighted) : 0;
    setChosen(items[(at + by + items.length) % items.length]?.key);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter' && highlighted) run(highlighted, event.metaKey || event.ctrlKey);
    else return;
    event.preventDefault();
  };

  return (
    <TopDialog label={messages.label} onClose={onClose}>
      <div className={styles.head}>
        <IconSearch size={20} stroke={1.5} aria-hidden="true" />
        <input
          // biome-ignore lint/a11y/noAutofocus: the palette is opened to type.
          autoFocus
          data-autofocus
          className={styles.input}
          role="combobox"
          aria-label={messages.label}
          aria-expanded={items.length > 0}
          aria-controls="palette-list"
          aria-activedescendant={highlighted && idOf(highlighted)}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={messages.placeholder}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setChosen(undefined);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} id="palette-list" role="listbox" aria-label={messages.results} className={styles.list}>
        {groupsOf(items).map(([group, members]) => (
          // biome-ignore lint/a11y/useSemanticElements: groups of options have no element of their own.
          <div key={group} role="group" aria-label={group}>
            <div className={styles.group} aria-hidden="true">
              {group}
            </div>
            {members.map((item) => (
              <Option
                key={item.key}
                item={item}
                selected={item === highlighted}
                onPoint={() => setChosen(item.key)}
                onRun={(newTab) => run(item, newTab)}
              />
            ))}
          </div>
        ))}
      </div>
      {items.length === 0 && (
        <p className={styles.none}>{searching ? messages.searching : `${messages.none}. ${messages.noneHint}`}</p>
      )}
      <footer className={styles.foot}>
        <span>
          <Kbd keys="Enter" /> {messages.hintOpen}
        </span>
        <span>
          <Kbd keys="mod+Enter" /> {messages.hintTab}
        </span>
        <span>
          <Kbd keys=">" /> {messages.hintScopes}
        </span>
      </footer>
      <p className="visually-hidden" role="status">
        {searching ? '' : messages.count(items.length)}
      </p>
    </TopDialog>
  );
}

interface OptionProps {
  item: PaletteItem;
  selected: boolean;
  onPoint: () => void;
  onRun: (newTab: boolean) => void;
}

function Option({ item, selected, onPoint, onRun }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys of a list box belong to its combobox.
    <div
      id={idOf(item)}
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      className={styles.option}
      onPointerMove={onPoint}
      onClick={(event) => onRun(event.metaKey || event.ctrlKey)}
    >
      <span className={styles.icon} aria-hidden="true">
        {item.icon}
      </span>
      <span className={styles.title}>{marked(item)}</span>
      {item.hint && <span className={styles.hint}>{item.hint}</span>}
    </div>
  );
}

const idOf = ({ key }: PaletteItem): string =>
  `palette-${key.replaceAll(/[^A-Za-z0-9]/g, (c) => `_${c.codePointAt(0)}`)}`;

function groupsOf(items: readonly PaletteItem[]): [group: string, members: PaletteItem[]][] {
  const groups = new Map<string, PaletteItem[]>();
  for (const item of items) groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  return [...groups];
}

function marked({ title, marks }: PaletteItem): ReactNode {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [from, to] of marks) {
    parts.push(title.slice(at, from), <mark key={from}>{title.slice(from, to)}</mark>);
    at = to;
  }
  return [...parts, title.slice(at)];
}
