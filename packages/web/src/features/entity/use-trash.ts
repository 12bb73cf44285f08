import { deleteEntity, listTrash, restoreEntity } from '@gantry/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, CallFailure, messageOf } from '../../data/client.ts';
import type { Entity } from '../../data/entities.ts';
import { refreshEntities } from '../../data/writes.ts';
import { showToast } from '../../ui/toast.tsx';
import { entityPlace } from '../blueprints/places.ts';
import { messages } from './messages.ts';

type Named = Pick<Entity, 'blueprint' | 'identifier' | 'title'>;

/** Entities that hold a required relation to the one being deleted; `count` may be more than are listed. */
export interface Dependents {
  count: number;
  listed: { blueprint: string; identifier: string; relation: string }[];
}

export interface Trash {
  move: (entity: Named, withDependents?: boolean) => Promise<void>;
  /** What stands in the way of the last move. */
  blockedBy: Dependents | undefined;
  giveUp: () => void;
}

/**
 * Moves an entity to the trash at once, leaves for the list it was in, and offers to undo for ten seconds. Others that
 * cannot be without it are named first, and go along only when told to.
 */
export function useTrash(): Trash {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [blockedBy, setBlockedBy] = useState<Dependents>();

  const undo = async ({ blueprint, identifier, title }: Named) => {
    try {
      const { trash } = await api.call(listTrash, { query: { blueprint, entity: identifier, limit: '1' } });
      const [trashed] = trash;
      if (!trashed) return;
      await api.call(restoreEntity, { params: { id: trashed.id } });
      await refreshEntities(client, blueprint);
      showToast({ message: messages.restored(title) });
      await navigate(entityPlace(blueprint, identifier));
    } catch (error) {
      showToast({ message: messageOf(error), tone: 'danger' });
    }
  };

  const move = async (entity: Named, withDependents = false) => {
    const { blueprint, identifier, title } = entity;
    const query = withDependents ? { delete_dependents: 'true' } : {};
    try {
      await api.call(deleteEntity, { params: { blueprint, entity: identifier }, query });
    } catch (error) {
      const dependents = dependentsIn(error);
      if (dependents) setBlockedBy(dependents);
      else showToast({ message: messages.deleteRefused(messageOf(error)), tone: 'danger' });
      return;
    }
    await navigate({ to: '/e/$blueprint', params: { blueprint } });
    const action = withDependents
      ? { label: messages.openTrash, run: () => void navigate({ to: '/settings/trash' }) }
      : { label: messages.undo, run: () => void undo(entity) };
    showToast({ message: messages.deleted(title), action });
    await (withDependents ? client.invalidateQueries() : refreshEntities(client, blueprint));
  };
  return { move, blockedBy, giveUp: () => setBlockedBy(undefined) };
}

function dependentsIn(error: unknown): Dependents | undefined {
  if (!(error instanceof CallFailure) || error.answer?.error !== 'has_dependents') return undefined;
  const { dependents, count } = error.answer.details ?? {};
  if (!Array.isArray(dependents)) return undefined;
  const listed = dependents as Dependents['listed'];
  return { listed, count: typeof count === 'number' ? count : listed.length };
}
