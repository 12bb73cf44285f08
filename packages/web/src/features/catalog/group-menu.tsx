import { Button } from '../../ui/button.tsx';
import { IconStack2 } from '../../ui/icons.ts';
import { Menu, MenuItem } from '../../ui/menu.tsx';
import { messages } from './messages.ts';
import type { View } from './use-view.ts';

/** Which field the rows are grouped by. */
export function GroupMenu({ view }: { view: View }) {
  return (
    <Menu
      trigger={
        <Button variant="plain" icon={<IconStack2 size={16} stroke={1.5} />} data-active={view.group !== undefined}>
          {view.group ? `${messages.group}: ${view.group.title}` : messages.group}
        </Button>
      }
    >
      <MenuItem checked={!view.group} onSelect={() => view.change({ group: undefined })}>
        {messages.noGroup}
      </MenuItem>
      {view.fields
        .filter(({ groupable }) => groupable)
        .map((field) => (
          <MenuItem
            key={field.id}
            checked={view.group?.id === field.id}
            onSelect={() => view.change({ group: field.id })}
          >
            {field.title}
          </MenuItem>
        ))}
    </Menu>
  );
}
