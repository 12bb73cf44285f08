import { Link } from '@tanstack/react-router';
import { buttonClass } from '../../ui/button.tsx';
import { IconSchema } from '../../ui/icons.ts';
import { StateMessage } from '../../ui/states.tsx';
import { modelPlace } from '../blueprints/places.ts';
import { messages } from './messages.ts';

export function ModelEmpty({ mayWrite }: { mayWrite: boolean }) {
  return (
    <StateMessage
      icon={<IconSchema size={32} stroke={1.5} />}
      title={messages.empty}
      actions={
        mayWrite && (
          <>
            <Link to="/build/sources" className={buttonClass({})}>
              {messages.importFiles}
            </Link>
            <Link {...modelPlace()} search={{ new: true }} className={buttonClass({ variant: 'primary' })}>
              {messages.newBlueprint}
            </Link>
          </>
        )
      }
    >
      {messages.emptyText}
    </StateMessage>
  );
}
