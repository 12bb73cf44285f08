import { factKinds } from '@gantry/core';
import { Type } from 'typebox';
import { route } from './route.ts';

/**
 * One line of the live stream (`data:` of a server-sent event; the event id is the fact's id, so that a reconnect
 * with `Last-Event-ID` replays what was missed). When the gap is too large to replay, `kind` is `resync`.
 */
export const LiveMessage = Type.Object({
  kind: Type.Enum([...factKinds, 'resync']),
  blueprint: Type.Optional(Type.String()),
  /** Absent when there are too many to list: everything of the blueprint may have changed. */
  entities: Type.Optional(Type.Array(Type.String())),
  detail: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
});

export const liveStream = route({
  id: 'live.stream',
  method: 'GET',
  path: '/v1/live',
  summary: 'Facts as they happen, as server-sent events',
  tag: 'Live',
  permission: 'entity:read',
  // What opens event streams in browsers cannot send headers: this one takes x-gantry-view-as as a parameter, too.
  query: Type.Object({ view_as: Type.Optional(Type.String()) }),
  answer: LiveMessage,
  media: 'text/event-stream',
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found'],
});
