import { Skeleton } from '../ui/states.tsx';
import { messages } from './messages.ts';
import { Page } from './page.tsx';

/** A page whose code is on its way. */
export function Waiting() {
  return (
    <Page>
      <div aria-busy="true">
        <p className="visually-hidden" role="status">
          {messages.loading}
        </p>
        <Skeleton lines={8} height={20} />
      </div>
    </Page>
  );
}
