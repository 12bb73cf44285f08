import { ClaimMapping, refusalReasons } from '@gantry/core';
import { Type } from 'typebox';
import { route } from './route.ts';
import { ok, time } from './shapes.ts';

const provider = Type.Object({ provider: Type.String() });
const tag = 'Sign-in';

export const listProviders = route({
  id: 'signIn.providers',
  method: 'GET',
  path: '/v1/sign-in/providers',
  summary: 'The identity providers people may sign in with',
  tag,
  permission: 'public',
  answer: ok({ providers: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })) }),
  status: 200,
  problems: [],
});

/** For browsers: every outcome is a redirect, to the provider or back to the sign-in page. */
export const beginSignIn = route({
  id: 'signIn.begin',
  method: 'GET',
  reads: false,
  path: '/v1/sign-in/providers/:provider/begin',
  summary: 'Sends the browser to an identity provider; `to` is the page to go on to afterwards',
  tag,
  permission: 'public',
  params: provider,
  query: Type.Object({ to: Type.Optional(Type.String({ maxLength: 4000 })) }),
  answer: ok({}),
  status: 303,
  problems: ['too_many_requests'],
});

export const tryProvider = route({
  id: 'signIn.try',
  method: 'GET',
  reads: false,
  path: '/v1/sign-in/providers/:provider/try',
  summary: 'Sends an administrator to an identity provider, to see what it says of them; signs nobody in',
  tag,
  permission: 'user:write',
  params: provider,
  answer: ok({}),
  status: 303,
  problems: ['unauthorized', 'forbidden', 'not_found'],
});

/** The redirect address to register with the provider. What it sends beside these is passed over. */
export const finishSignIn = route({
  id: 'signIn.finish',
  method: 'GET',
  reads: false,
  path: '/v1/sign-in/providers/:provider/callback',
  summary: 'Where an identity provider sends people back to; sets a session cookie',
  tag,
  permission: 'public',
  params: provider,
  query: Type.Object({
    code: Type.Optional(Type.String()),
    state: Type.Optional(Type.String()),
    iss: Type.Optional(Type.String()),
    error: Type.Optional(Type.String()),
    error_description: Type.Optional(Type.String()),
  }),
  answer: ok({}),
  status: 303,
  problems: ['too_many_requests'],
});

const Reason = Type.Enum([...refusalReasons]);
const ClaimProblems = Type.Array(Type.Object({ claim: Type.String(), message: Type.String() }));

export const getSignInRefusal = route({
  id: 'signIn.refusal',
  method: 'GET',
  path: '/v1/sign-in/refusals/:reference',
  summary: 'Why a sign-in was refused and whom to ask, for the person who holds the reference',
  tag,
  permission: 'public',
  params: Type.Object({ reference: Type.String({ format: 'uuid' }) }),
  answer: ok({
    refusal: Type.Object({
      reference: Type.String(),
      provider: Type.String(),
      providerName: Type.String(),
      reason: Reason,
      problems: ClaimProblems,
      contact: Type.String(),
    }),
  }),
  status: 200,
  problems: ['not_found'],
});

const SignInSettings = Type.Object({
  id: Type.String(),
  name: Type.String(),
  issuer: Type.String(),
  clientId: Type.String(),
  /** To be registered with the provider. */
  redirectUri: Type.String(),
  enabled: Type.Boolean(),
  mapping: ClaimMapping,
});

export const listSignInSettings = route({
  id: 'signInSettings.list',
  method: 'GET',
  path: '/v1/sign-in/settings',
  summary: 'Every identity provider of the settings, and what becomes of its claims',
  tag,
  permission: 'user:write',
  answer: ok({ providers: Type.Array(SignInSettings) }),
  status: 200,
  problems: ['unauthorized', 'forbidden'],
});

export const putSignInSettings = route({
  id: 'signInSettings.put',
  method: 'PUT',
  path: '/v1/sign-in/settings/:provider',
  summary: 'Switch an identity provider on or off, and say what becomes of its claims',
  tag,
  permission: 'user:write',
  params: provider,
  body: Type.Object({ enabled: Type.Boolean(), mapping: ClaimMapping }, { additionalProperties: false }),
  answer: ok({ provider: SignInSettings }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found', 'invalid_request'],
});

export const listSignInAttempts = route({
  id: 'signInSettings.attempts',
  method: 'GET',
  path: '/v1/sign-in/settings/:provider/attempts',
  summary: 'The last trials and refused sign-ins with a provider, newest first, with all claims',
  tag,
  permission: 'user:write',
  params: provider,
  answer: ok({
    attempts: Type.Array(
      Type.Object({
        reference: Type.String(),
        at: time,
        isTrial: Type.Boolean(),
        reason: Type.Optional(Reason),
        /** In the words of programs. */
        detail: Type.Optional(Type.String()),
        problems: ClaimProblems,
        claims: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
      }),
    ),
  }),
  status: 200,
  problems: ['unauthorized', 'forbidden', 'not_found'],
});
