import type { Permission, ProblemCode } from '@gantry/core';
import type { Static, TObject, TSchema } from 'typebox';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * One endpoint as data. Validation, types, OpenAPI and the client derive from it; nothing about a route is written
 * a second time. `path` uses `:name` for parameters. `status` is the usual success; a handler may answer another of
 * `alsoStatus`. `answer` documents and types the body; it does not serialise it.
 */
export interface Route<
  P extends TObject = TObject,
  Q extends TObject = TObject,
  B extends TSchema = TSchema,
  A extends TSchema = TSchema,
> {
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly permission: Permission;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** The body may be left out altogether. */
  readonly bodyOptional?: boolean;
  /** Whether it leaves everything as it is, where that is not told by the method: GET does, all others do not. */
  readonly reads?: boolean;
  /** Largest body taken, in bytes; 1 MiB unless said. */
  readonly bodyLimit?: number;
  readonly answer: A;
  /** Media type of the answer when it is not JSON. */
  readonly media?: string;
  readonly status: number;
  readonly alsoStatus?: readonly number[];
  readonly problems: readonly ProblemCode[];
}

/** Declares a route; exists so that the parameter types are inferred and kept. */
export function route<
  const P extends TObject = TObject<Record<never, never>>,
  const Q extends TObject = TObject<Record<never, never>>,
  const B extends TSchema = TSchema,
  const A extends TSchema = TSchema,
>(definition: Route<P, Q, B, A>): Route<P, Q, B, A> {
  return definition;
}

/** Whether a call of this route leaves everything as it is. */
export function isReading({ method, reads = method === 'GET' }: Route): boolean {
  return reads;
}

export type Params<R> = R extends Route<infer P, TObject, TSchema, TSchema> ? Static<P> : never;
export type QueryOf<R> = R extends Route<TObject, infer Q, TSchema, TSchema> ? Static<Q> : never;
export type Body<R> = R extends Route<TObject, TObject, infer B, TSchema> ? Static<B> : never;
export type Answer<R> = R extends Route<TObject, TObject, TSchema, infer A> ? Static<A> : never;
