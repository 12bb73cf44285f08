import type { LiveMessage } from '@gantry/contract';
import type { Fact } from '@gantry/core';
import type { Static } from 'typebox';

export type Message = Static<typeof LiveMessage>;

/** More entities than this are not listed: everything of the blueprint may have changed. */
const MOST_LISTED = 100;

/** Facts of the same kind about the same blueprint as one message, in the order of their first. */
export function coalesce(facts: readonly Fact[]): Message[] {
  const groups = Map.groupBy(facts, ({ kind, blueprint, detail }) => JSON.stringify([kind, blueprint, detail]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const entities = [...new Set(group.flatMap((fact) => fact.entities ?? []))];
    return {
      kind: first.kind,
      ...(first.blueprint === undefined ? {} : { blueprint: first.blueprint }),
      ...(first.detail === undefined ? {} : { detail: { ...first.detail } }),
      ...(entities.length === 0 || entities.length > MOST_LISTED ? {} : { entities }),
    };
  });
}

/** Server-sent events. The id stands at the last of them, so that a reader cut off in the middle gets all again. */
export function sseText(messages: readonly Message[], id?: string): string {
  return messages
    .map((message, index) => {
      const mark = id !== undefined && index === messages.length - 1 ? `id: ${id}\n` : '';
      return `${mark}data: ${JSON.stringify(message)}\n\n`;
    })
    .join('');
}
