import { Refusal } from '@gantry/core';
import SCIMMY from 'scimmy';

/** What the SCIM library minds becomes a refusal. It throws TypeErrors for values that are not what a schema wants. */
export async function spoken<T>(read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof SCIMMY.Types.Error) throw refuse(error.message, error.scimType || 'invalidSyntax');
    if (error instanceof TypeError) throw refuse(error.message, 'invalidValue');
    throw error;
  }
}

/** @param scimType of RFC 7644 §3.12 */
export function refuse(message: string, scimType: string): Refusal {
  return new Refusal('malformed_request', message, { details: { scimType } });
}

export function refuseUnknown(id: string): never {
  throw new Refusal('not_found', `There is no resource ${id}.`);
}
