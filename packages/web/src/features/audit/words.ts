import type { AuditEntry } from '../../data/audit.ts';
import { messages } from './messages.ts';

const named = (titles: Readonly<Record<string, string>>, word: string): string => titles[word] ?? word;

export function actionOf({ action, status }: AuditEntry): string {
  return named(status === 'FAILURE' ? messages.attempts : messages.actions, action);
}

export const kindOf = ({ resourceType }: AuditEntry): string => named(messages.resources, resourceType);

export const originOf = ({ trigger }: AuditEntry): string => named(messages.origins, trigger.origin);

export const actorOf = ({ trigger: { by } }: AuditEntry): string => (by.userId === null ? messages.nobody : by.label);

/** `service / cart`: the most particular thing an entry is about, below its blueprint. */
export function objectOf({ context }: AuditEntry): string {
  const { blueprint, ...own } = context;
  return [...new Set([blueprint, ...Object.values(own)])].filter(Boolean).join(' / ');
}
