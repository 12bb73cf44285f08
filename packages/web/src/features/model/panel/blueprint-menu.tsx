import { useState } from 'react';
import type { ModelBlueprint } from '../../../data/model.ts';
import { titleOf } from '../../../data/model.ts';
import { IconButton } from '../../../ui/button.tsx';
import { IconDots, IconEdit, IconTag, IconTrash } from '../../../ui/icons.ts';
import { Menu, MenuDivider, MenuItem } from '../../../ui/menu.tsx';
import type { Draft } from '../draft/draft.ts';
import { GeneralDialog } from '../editors/general-dialog.tsx';
import { IdentifierDialog } from '../editors/identifier-dialog.tsx';
import { messages } from '../messages.ts';
import { DeleteDialog } from '../remove/delete-dialog.tsx';

interface BlueprintMenuProps {
  blueprint: ModelBlueprint;
  draft: Draft;
  onChange: (draft: Draft) => void;
  onDeleted: () => void;
}

type Open = 'general' | 'identifier' | 'delete';

export function BlueprintMenu({ blueprint, draft, onChange, onDeleted }: BlueprintMenuProps) {
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label={messages.more(titleOf(blueprint))} size="compact" quiet>
            <IconDots size={16} />
          </IconButton>
        }
      >
        <MenuItem icon={<IconEdit size={16} />} onSelect={() => setOpen('general')}>
          {messages.general}
        </MenuItem>
        {!blueprint.system && (
          <>
            <MenuItem icon={<IconTag size={16} />} onSelect={() => setOpen('identifier')}>
              {messages.renameBlueprint}
            </MenuItem>
            <MenuDivider />
            <MenuItem danger icon={<IconTrash size={16} />} onSelect={() => setOpen('delete')}>
              {messages.deleteBlueprint}
            </MenuItem>
          </>
        )}
      </Menu>
      {open === 'general' && <GeneralDialog draft={draft} onChange={onChange} onClose={close} />}
      {open === 'identifier' && <IdentifierDialog draft={draft} onChange={onChange} onClose={close} />}
      {open === 'delete' && <DeleteDialog blueprint={blueprint} onClose={close} onDeleted={onDeleted} />}
    </>
  );
}
