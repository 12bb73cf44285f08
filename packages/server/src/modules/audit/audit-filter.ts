import { isSet, type listAuditLog, namesOf, type QueryOf } from '@gantry/contract';
import {
  type AuditAction,
  type AuditOrigin,
  type AuditResource,
  type AuditStatus,
  auditActions,
  auditOrigins,
  auditResources,
  auditStatuses,
  type Problem,
  parseInstant,
} from '@gantry/core';

export type AuditQuery = Omit<QueryOf<typeof listAuditLog>, 'includes' | 'limit' | 'cursor'>;

/** Which entries are meant; what is undefined or empty does not narrow them. */
export interface AuditFilter {
  readonly id: string | undefined;
  readonly entity: string | undefined;
  readonly withDeleted: boolean;
  readonly blueprint: string | undefined;
  /** Whatever an entry is about. */
  readonly object: string | undefined;
  /** What the context of an entry must hold: of runs, webhooks, integrations. */
  readonly context: Readonly<Record<string, string>>;
  readonly actionType: string | undefined;
  readonly origins: readonly AuditOrigin[];
  readonly resources: readonly AuditResource[];
  readonly action: AuditAction | undefined;
  readonly status: AuditStatus | undefined;
  readonly actor: string | undefined;
  readonly from: Date | undefined;
  readonly to: Date | undefined;
}

const actionTypes = ['automation', 'self-service'] as const;

/** Reads the filters; what is wrong with them is added to `problems`. */
export function readFilter(query: AuditQuery, problems: Problem[]): AuditFilter {
  const said = (value: string | undefined) => (value === '' ? undefined : value);
  return {
    id: readId(said(query.identifier), problems),
    entity: said(query.entity),
    withDeleted: isSet(query.include_deleted_entities),
    blueprint: said(query.blueprint),
    object: said(query.object),
    context: contextIn(query),
    actionType: among(actionTypes, 'actionType', namesIn(query.actionType), problems)[0],
    origins: among(auditOrigins, 'origin', namesOf(query.origin), problems),
    resources: among(auditResources, 'resources', namesOf(query.resources), problems),
    action: among(auditActions, 'action', namesIn(query.action), problems)[0],
    status: among(auditStatuses, 'status', namesIn(query.status), problems)[0],
    actor: said(query.actor),
    from: readMoment('from', said(query.from), problems),
    to: readMoment('to', said(query.to), problems),
  };
}

const namesIn = (word: string | undefined) => (word ? [word] : []);

/** Those of the words that are on the list; the others become problems at `path`. */
export function among<const Word extends string>(
  list: readonly Word[],
  path: string,
  words: readonly string[],
  problems: Problem[],
): Word[] {
  return words.flatMap((word) => {
    const known = list.find((one) => one === word);
    if (known !== undefined) return [known];
    problems.push({ path, message: `\`${word}\` is not known here`, remedy: `use ${list.join(', ')}` });
    return [];
  });
}

function contextIn({ run_id, webhookId, webhookEventId, InstallationId }: AuditQuery): Record<string, string> {
  const asked = { runId: run_id, webhookId, webhookEventId, installationId: InstallationId };
  return Object.fromEntries(Object.entries(asked).filter((pair): pair is [string, string] => Boolean(pair[1])));
}

function readId(identifier: string | undefined, problems: Problem[]): string | undefined {
  if (identifier === undefined || /^\d{1,18}$/.test(identifier)) return identifier;
  problems.push({ path: 'identifier', message: 'is not the identifier of an entry', remedy: 'use one as answered' });
  return undefined;
}

function readMoment(path: string, text: string | undefined, problems: Problem[]): Date | undefined {
  const ms = text === undefined ? undefined : parseInstant(text);
  if (ms !== undefined) return new Date(ms);
  if (text !== undefined) {
    problems.push({ path, message: 'is not a moment', remedy: 'write it like 2026-11-21 or 2026-11-21T10:00:00Z' });
  }
  return undefined;
}
