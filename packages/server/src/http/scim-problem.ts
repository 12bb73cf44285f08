import type { ErrorResponse } from './problem-to-response.ts';

const scimTypes: Readonly<Record<string, string>> = {
  already_exists: 'uniqueness',
  invalid_request: 'invalidValue',
  malformed_request: 'invalidSyntax',
};

export const isScim = (url: string) => /^\/scim(\/|$)/.test(url);

/** A refusal in the words of RFC 7644 §3.12, which knows no 422. */
export function scimProblem({ status, body, headers }: ErrorResponse): {
  status: number;
  body: object;
  headers: object;
} {
  const code = status === 422 ? 400 : status;
  const scimType = body.details?.scimType ?? scimTypes[body.error];
  return {
    status: code,
    headers,
    body: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: String(code),
      ...(scimType === undefined ? {} : { scimType }),
      detail: body.message,
    },
  };
}
