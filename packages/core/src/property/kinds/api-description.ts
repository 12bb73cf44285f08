import type { Kind } from '../kind.ts';
import { checkObject } from './object.ts';
import { textKind } from './text.ts';

const text = textKind();

/** An OpenAPI or AsyncAPI description: its URL or its YAML as text, or the document itself when the type is object. */
export const apiDescription: Kind = {
  valueClass: 'json',
  checkDefinition: (property) => (property.type === 'object' ? [] : text.checkDefinition(property)),
  prepareCheck: (property) => (property.type === 'object' ? checkObject : text.prepareCheck(property)),
};
