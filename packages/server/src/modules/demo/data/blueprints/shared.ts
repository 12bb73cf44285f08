import type { BlueprintInput, Property, Relation } from '@gantry/core';

/** Properties that several blueprints of the story share, and the ways their relations are written. */
export const lifecycle: Property = {
  type: 'string',
  title: 'Lifecycle',
  enum: ['Experimental', 'Production', 'Deprecated'],
  enumColors: { Experimental: 'purple', Production: 'green', Deprecated: 'lightGray' },
};

export const language: Property = {
  type: 'string',
  title: 'Language',
  enum: ['TypeScript', 'Kotlin', 'Go', 'Python', 'Rust'],
  enumColors: { TypeScript: 'blue', Kotlin: 'purple', Go: 'turquoise', Python: 'yellow', Rust: 'orange' },
};

export const region: Property = {
  type: 'string',
  title: 'Region',
  enum: ['eu-central-1', 'eu-west-1', 'us-east-1'],
  enumColors: { 'eu-central-1': 'blue', 'eu-west-1': 'turquoise', 'us-east-1': 'orange' },
};

export const health: Property = {
  type: 'string',
  title: 'Health',
  enum: ['Healthy', 'Degraded', 'Down'],
  enumColors: { Healthy: 'green', Degraded: 'yellow', Down: 'red' },
};

export const description: Property = { type: 'string', title: 'Description' };
export const url: Property = { type: 'string', title: 'URL', format: 'url' };
export const moment = (title: string): Property => ({ type: 'string', title, format: 'date-time' });
export const markdown = (title: string): Property => ({ type: 'string', title, format: 'markdown' });
export const amount = (title: string): Property => ({ type: 'number', title, minimum: 0 });
export const percent = (title: string): Property => ({ type: 'number', title, minimum: 0, maximum: 100 });

/** Links with their names, as the entity page lists them. */
export const links: Property = { type: 'array', title: 'Links', items: { type: 'object', format: 'labeled-url' } };

export const one = (target: string, title: string): Relation => ({ title, target, many: false, required: false });
export const many = (target: string, title: string): Relation => ({ title, target, many: true, required: false });

export const owned: Pick<BlueprintInput, 'ownership'> = { ownership: { type: 'Direct' } };

export const countEntities = { calculationBy: 'entities', func: 'count' } as const;
export const sumOf = (property: string) => ({ calculationBy: 'property', func: 'sum', property }) as const;
export const averagePerWeek = (measureTimeBy: string) =>
  ({ calculationBy: 'entities', func: 'average', averageOf: 'week', measureTimeBy }) as const;
