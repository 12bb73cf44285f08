import { Link, useRouter } from '@tanstack/react-router';
import { CallFailure, messageOf, statusOf } from '../data/client.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { IconAlertTriangle, IconLock, IconMapSearch, IconWifiOff } from '../ui/icons.ts';
import { StateMessage } from '../ui/states.tsx';
import { messages } from './messages.ts';

/** No such page, or no such thing. */
export function NotFound({
  title = messages.notFoundTitle,
  children = messages.notFoundText,
}: {
  title?: string;
  children?: React.ReactNode;
}) {
  return (
    <StateMessage
      heading="h1"
      icon={<IconMapSearch size={32} stroke={1.5} />}
      title={title}
      actions={
        <Link to="/" className={buttonClass({})}>
          {messages.goHome}
        </Link>
      }
    >
      {children}
    </StateMessage>
  );
}

/** What somebody may not see, where that it exists is no secret. */
export function Denied() {
  return (
    <StateMessage urgent icon={<IconLock size={32} stroke={1.5} />} title={messages.deniedTitle}>
      {messages.deniedText}
    </StateMessage>
  );
}

export interface FailureProps {
  error: unknown;
  onRetry: () => void;
}

/** A failure in place of what it concerns: refused, out of reach or broken; what it means and what to do. */
export function Failure({ error, onRetry }: FailureProps) {
  const status = statusOf(error);
  if (status === 403 || status === 401) return <Denied />;
  if (status === 404) return <NotFound>{messageOf(error)}</NotFound>;
  const unreachable = status === 0;
  return (
    <StateMessage
      urgent
      icon={unreachable ? <IconWifiOff size={32} stroke={1.5} /> : <IconAlertTriangle size={32} stroke={1.5} />}
      title={unreachable ? messages.unreachableTitle : messages.failedTitle}
      actions={<Button onClick={onRetry}>{messages.tryAgain}</Button>}
    >
      {unreachable ? messages.unreachableText : <Reason error={error} />}
    </StateMessage>
  );
}

function Reason({ error }: { error: unknown }) {
  const reference = error instanceof CallFailure ? error.answer?.reference : undefined;
  return (
    <>
      <p>{messageOf(error)}</p>
      {reference && <p>{messages.reference(reference)}</p>}
    </>
  );
}

/** The router's last resort: a screen threw while it was drawn. */
export function RouteFailure({ error }: { error: unknown }) {
  const router = useRouter();
  return <Failure error={error} onRetry={() => void router.invalidate()} />;
}
