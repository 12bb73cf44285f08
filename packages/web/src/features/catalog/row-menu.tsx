import { useNavigate, useRouter } from '@tanstack/react-router';
import { useMayOnEntity } from '../../data/abilities.ts';
import type { Entity } from '../../data/entities.ts';
import type { GridPoint } from '../../ui/grid/index.ts';
import { MenuDivider, MenuItem } from '../../ui/menu.tsx';
import { PointMenu } from '../../ui/point-menu.tsx';
import { showToast } from '../../ui/toast.tsx';
import { messages } from './messages.ts';

export interface RowMenuProps {
  entity: Entity | undefined;
  at: GridPoint | undefined;
  onPreview: (entity: Entity) => void;
  onDelete: (entity: Entity) => void;
  onClose: () => void;
}

/** What can be done with one row: the same by right click, by the dots and by Shift F10. */
export function RowMenu({ entity, at, onPreview, onDelete, onClose }: RowMenuProps) {
  const may = useMayOnEntity(entity?.blueprint ?? '', entity?.identifier);
  const navigate = useNavigate();
  const router = useRouter();
  if (!entity) return null;
  const params = { blueprint: entity.blueprint, entity: entity.identifier };
  const address = () => router.buildLocation({ to: '/e/$blueprint/$entity/{-$tab}', params }).href;
  const copy = async (text: string, message: string) => {
    await navigator.clipboard.writeText(text);
    showToast({ message });
  };
  return (
    <PointMenu at={at} label={entity.title} onClose={onClose}>
      <MenuItem onSelect={() => navigate({ to: '/e/$blueprint/$entity/{-$tab}', params })}>
        {messages.openPage}
      </MenuItem>
      <MenuItem onSelect={() => window.open(address(), '_blank', 'noopener')}>{messages.openNewTab}</MenuItem>
      <MenuItem onSelect={() => onPreview(entity)}>{messages.preview}</MenuItem>
      <MenuDivider />
      <MenuItem onSelect={() => void copy(entity.identifier, messages.identifierCopied)}>
        {messages.copyIdentifier}
      </MenuItem>
      <MenuItem onSelect={() => void copy(`${location.origin}${address()}`, messages.linkCopied)}>
        {messages.copyEntityLink}
      </MenuItem>
      {(may.update || may.unregister) && <MenuDivider />}
      {may.update && (
        <MenuItem onSelect={() => navigate({ to: '/edit/$blueprint/$entity', params })}>{messages.edit}</MenuItem>
      )}
      {may.unregister && (
        <MenuItem danger onSelect={() => onDelete(entity)}>
          {messages.delete}
        </MenuItem>
      )}
    </PointMenu>
  );
}
