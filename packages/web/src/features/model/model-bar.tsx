import { Link, useNavigate } from '@tanstack/react-router';
import { type ModelBlueprint, titleOf } from '../../data/model.ts';
import { buttonClass } from '../../ui/button.tsx';
import { IconList, IconPlus, IconSearch, IconTopologyStar3 } from '../../ui/icons.ts';
import { Select } from '../../ui/select.tsx';
import { Checkbox, Segmented } from '../../ui/toggles.tsx';
import { modelPlace } from '../blueprints/places.ts';
import { messages } from './messages.ts';
import styles from './model.module.css';
import type { ModelView } from './model-view.ts';

interface ModelBarProps {
  blueprints: readonly ModelBlueprint[];
  view: ModelView;
  showSystem: boolean;
  mayWrite: boolean;
  onSelect: (identifier: string) => void;
}

export function ModelBar({ blueprints, view, showSystem, mayWrite, onSelect }: ModelBarProps) {
  const navigate = useNavigate({ from: '/build/model/{-$blueprint}' });
  return (
    <header className={styles.bar}>
      <h1 className={styles.title}>{messages.title}</h1>
      <div className={styles.find}>
        <Select
          label={messages.find}
          hideLabel
          placeholder={messages.find}
          icon={<IconSearch size={16} />}
          searchable
          options={blueprints.map((blueprint) => ({ value: blueprint.identifier, label: titleOf(blueprint) }))}
          value={null}
          onChange={(identifier) => identifier && onSelect(identifier)}
        />
      </div>
      <div className={styles.controls}>
        <Checkbox
          label={messages.showSystem}
          checked={showSystem}
          onChange={(system) =>
            void navigate({
              search: ({ system: _, ...rest }) => (system ? { ...rest, system: true as const } : rest),
              replace: true,
            })
          }
        />
        <Segmented
          label={messages.view}
          options={[
            { value: 'canvas', label: messages.views.canvas, icon: <IconTopologyStar3 size={14} /> },
            { value: 'list', label: messages.views.list, icon: <IconList size={14} /> },
          ]}
          value={view}
          onChange={(next) => void navigate({ search: (before) => ({ ...before, view: next }), replace: true })}
        />
        {mayWrite && (
          <Link {...modelPlace()} search={{ new: true }} className={buttonClass({ variant: 'primary' })}>
            <IconPlus size={16} aria-hidden="true" />
            {messages.newBlueprint}
          </Link>
        )}
      </div>
    </header>
  );
}
