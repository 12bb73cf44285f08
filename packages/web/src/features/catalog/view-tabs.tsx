import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/fields.tsx';
import { IconChevronDown } from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { TabBar, tabClass } from '../../ui/tabs.tsx';
import { showToast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';
import type { View } from './use-view.ts';
import { savedPart } from './view.ts';
import styles from './view-tabs.module.css';
import { isUnchanged, type SavedView, useSavedViews } from './views.ts';

/** Saved views as tabs, and what to do about unsaved changes. Hidden while there is nothing to choose or save. */
export function ViewTabs({ blueprint, view }: { blueprint: string; view: View }) {
  const [views, setViews] = useSavedViews(blueprint);
  const [naming, setNaming] = useState(false);
  const current = views.find(({ id }) => id === view.search.view);
  const changed = current ? !isUnchanged(current, view.search) : Object.keys(savedPart(view.search)).length > 0;
  if (views.length === 0 && !changed) return null;

  const saveAs = (name: string) => {
    const saved: SavedView = { id: crypto.randomUUID(), name, search: savedPart(view.search) };
    setViews([...views, saved]);
    view.change({ view: saved.id }, true);
    setNaming(false);
    showToast({ message: messages.viewSaved(name) });
  };
  const saveChanges = (target: SavedView) => {
    setViews(views.map((each) => (each === target ? { ...target, search: savedPart(view.search) } : each)));
    showToast({ message: messages.viewSaved(target.name) });
  };
  const remove = (target: SavedView) => {
    setViews(views.filter((each) => each !== target));
    view.change({ view: undefined }, true);
    showToast({
      message: messages.viewDeleted(target.name),
      action: { label: messages.undo, run: () => setViews(views) },
    });
  };

  return (
    <div className={styles.line}>
      <TabBar label={messages.views}>
        <ViewTab blueprint={blueprint} search={{}} current={!current}>
          {messages.allEntities}
        </ViewTab>
        {views.map((each) => (
          <ViewTab
            key={each.id}
            blueprint={blueprint}
            search={{ ...each.search, view: each.id }}
            current={each === current}
          >
            {each.name}
          </ViewTab>
        ))}
      </TabBar>
      <div className={styles.actions}>
        {changed && !current && (
          <Button size="compact" variant="plain" onClick={() => setNaming(true)}>
            {messages.saveView}
          </Button>
        )}
        {current && (
          <ViewMenu
            changed={changed}
            onSave={() => saveChanges(current)}
            onSaveAs={() => setNaming(true)}
            onRevert={() => view.change({ ...empty, ...current.search })}
            onDelete={() => remove(current)}
          />
        )}
      </div>
      {naming && <NameDialog onSave={saveAs} onClose={() => setNaming(false)} />}
    </div>
  );
}

const empty = { q: undefined, filter: undefined, sort: undefined, group: undefined, columns: undefined };

function ViewTab({
  blueprint,
  search,
  current,
  children,
}: {
  blueprint: string;
  search: SavedView['search'];
  current: boolean;
  children: string;
}) {
  return (
    <Link
      to="/e/$blueprint"
      params={{ blueprint }}
      search={search}
      className={tabClass}
      activeProps={{ 'aria-current': undefined }}
      aria-current={current ? 'page' : undefined}
    >
      {children}
    </Link>
  );
}

interface ViewMenuProps {
  changed: boolean;
  onSave: () => void;
  onSaveAs: () => void;
  onRevert: () => void;
  onDelete: () => void;
}

function ViewMenu({ changed, onSave, onSaveAs, onRevert, onDelete }: ViewMenuProps) {
  return (
    <>
      {changed && (
        <Button size="compact" onClick={onSave}>
          {messages.saveChanges}
        </Button>
      )}
      <Menu
        align="end"
        trigger={
          <Button size="compact" variant="plain" trailing={<IconChevronDown size={14} />}>
            {messages.views}
          </Button>
        }
      >
        <MenuItem onSelect={onSaveAs}>{messages.saveViewAs}</MenuItem>
        <MenuItem disabled={!changed} onSelect={onRevert}>
          {messages.revertView}
        </MenuItem>
        <MenuItem danger onSelect={onDelete}>
          {messages.deleteView}
        </MenuItem>
      </Menu>
    </>
  );
}

function NameDialog({ onSave, onClose }: { onSave: (name: string) => void; onClose: () => void }) {
  const [name, setName] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '') onSave(name.trim());
  };
  return (
    <Dialog
      opened
      onClose={onClose}
      title={messages.saveView}
      footer={
        <>
          <Button onClick={onClose}>{messages.cancel}</Button>
          <Button variant="primary" type="submit" form="name-view" disabled={name.trim() === ''}>
            {messages.saveView}
          </Button>
        </>
      }
    >
      <form id="name-view" onSubmit={submit}>
        <TextField label={messages.viewName} value={name} onChange={setName} maxLength={80} autoFocus />
      </form>
    </Dialog>
  );
}
