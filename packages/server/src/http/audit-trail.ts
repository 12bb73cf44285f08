import type { Route } from '@gantry/contract';
import { Refusal } from '@gantry/core';
import type { FastifyRequest } from 'fastify';
import type { AuditBuffer } from '../audit/audit-buffer.ts';
import { noteRefusal } from '../audit/refusals.ts';
import type { Trail } from '../audit/trail.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The declaration that the route was bound from; absent on probes and files. */
    declared?: Route;
  }
}

/** Kept with every entry; the real ones are a tenth of that. */
const LONGEST_PROGRAM = 200;

export function trailOf(request: FastifyRequest): Trail {
  return {
    requestId: request.id,
    address: request.ip,
    program: (request.headers['user-agent'] ?? '').slice(0, LONGEST_PROGRAM),
    isSession: request.headers.authorization === undefined,
    ...(request.viewer && { viewer: request.viewer }),
  };
}

/** Remembers for the audit log that a call was refused, when it was. */
export function noteRefused(buffer: AuditBuffer, error: unknown, request: FastifyRequest): void {
  const { declared } = request.routeOptions.config;
  if (!declared || !(error instanceof Refusal)) return;
  const { actor, params, body } = request;
  noteRefusal(buffer, { route: declared, refusal: error, actor, trail: trailOf(request), params, body });
}
