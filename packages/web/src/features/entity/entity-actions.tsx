import { Link, useNavigate } from '@tanstack/react-router';
import { useMayOnEntity } from '../../data/abilities.ts';
import type { Entity } from '../../data/entities.ts';
import type { ModelBlueprint } from '../../data/model.ts';
import { buttonClass, IconButton } from '../../ui/button.tsx';
import { IconArrowsSplit2, IconDots, IconEdit, IconLink, IconTopologyStar3, IconTrash } from '../../ui/icons.ts';
import { Menu, MenuDivider, MenuItem } from '../../ui/menu.tsx';
import { type Direction, exploreFrom } from '../graph/graph-state.ts';
import { copyText } from './copy-text.ts';
import { DependentsDialog } from './dependents-dialog.tsx';
import styles from './entity.module.css';
import { messages } from './messages.ts';
import { useTrash } from './use-trash.ts';

/** What can be done with this entity: edit in sight, the rest in a menu, the dangerous one last. */
export function EntityActions({ entity, blueprint }: { entity: Entity; blueprint: ModelBlueprint }) {
  const may = useMayOnEntity(blueprint.identifier, entity.identifier);
  const navigate = useNavigate();
  const trash = useTrash();
  const params = { blueprint: blueprint.identifier, entity: entity.identifier };
  const explore = (direction: Direction) => {
    const root = { blueprint: blueprint.identifier, identifier: entity.identifier };
    void navigate({ to: '/graph', search: exploreFrom(root, direction) });
  };
  return (
    <div className={styles.actions}>
      {may.update && (
        <Link to="/edit/$blueprint/$entity" params={params} className={buttonClass({})}>
          <IconEdit size={16} aria-hidden="true" />
          {messages.edit}
        </Link>
      )}
      <Menu
        align="end"
        trigger={
          <IconButton label={messages.more} variant="outlined" quiet>
            <IconDots size={16} />
          </IconButton>
        }
      >
        <MenuItem icon={<IconLink size={16} />} onSelect={() => void copyText(location.href, messages.linkCopied)}>
          {messages.copyLink}
        </MenuItem>
        <MenuItem icon={<IconTopologyStar3 size={16} />} onSelect={() => explore('both')}>
          {messages.exploreGraph}
        </MenuItem>
        <MenuItem icon={<IconArrowsSplit2 size={16} />} onSelect={() => explore('in')}>
          {messages.impact}
        </MenuItem>
        {may.unregister && (
          <>
            <MenuDivider />
            <MenuItem danger icon={<IconTrash size={16} />} onSelect={() => void trash.move(entity)}>
              {messages.delete}
            </MenuItem>
          </>
        )}
      </Menu>
      {trash.blockedBy && (
        <DependentsDialog
          title={entity.title}
          dependents={trash.blockedBy}
          onClose={trash.giveUp}
          onConfirm={() => {
            trash.giveUp();
            void trash.move(entity, true);
          }}
        />
      )}
    </div>
  );
}
