import { Link } from '@tanstack/react-router';
import { type ModelBlueprint, titleOf } from '../../data/model.ts';
import { Button, buttonClass } from '../../ui/button.tsx';
import { IconFilter, IconTable } from '../../ui/icons.ts';
import { StateMessage } from '../../ui/states.tsx';
import { messages } from './messages.ts';
import type { View } from './use-view.ts';

/** No rows: because of the filter, or because there are none yet; each with its way on. */
export function NoRows({
  blueprint,
  view,
  mayRegister,
}: {
  blueprint: ModelBlueprint;
  view: View;
  mayRegister: boolean;
}) {
  const filtered = view.q !== '' || view.query !== undefined;
  if (filtered) {
    return (
      <StateMessage
        icon={<IconFilter size={32} stroke={1.5} />}
        title={messages.noneMatchTitle(blueprint.entityCount)}
        actions={
          <Button onClick={() => view.change({ q: undefined, filter: undefined })}>{messages.clearSearch}</Button>
        }
      >
        {messages.noneMatchText}
      </StateMessage>
    );
  }
  return (
    <StateMessage
      icon={<IconTable size={32} stroke={1.5} />}
      title={messages.noneYetTitle(titleOf(blueprint).toLowerCase())}
      actions={
        mayRegister && (
          <>
            <Link
              to="/new/$blueprint"
              params={{ blueprint: blueprint.identifier }}
              className={buttonClass({ variant: 'primary' })}
            >
              {messages.newEntity(titleOf(blueprint).toLowerCase())}
            </Link>
            <Link to="/build/sources" className={buttonClass({})}>
              {messages.connectSource}
            </Link>
          </>
        )
      }
    >
      {messages.noneYetText}
    </StateMessage>
  );
}
