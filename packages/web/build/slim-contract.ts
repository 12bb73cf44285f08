import * as contract from '@gantry/contract';
import type { Plugin } from 'vite';

/**
 * In the browser a route is only its method, path and media: the schemas behind it would drag a schema library into
 * the first load. This plugin answers `@gantry/contract` with the same exports, evaluated now and cut down to what the
 * client reads. Types are untouched, because they come from the real package.
 */
export function slimContract(): Plugin {
  const id = '@gantry/contract';
  const resolved = `\0${id}`;
  return {
    name: 'gantry:slim-contract',
    enforce: 'pre',
    resolveId: (source) => (source === id ? resolved : undefined),
    load: (source) => (source === resolved ? slimSource() : undefined),
  };
}

function slimSource(): string {
  return Object.entries(contract)
    .filter(([, value]) => isRoute(value))
    .map(([name, value]) => {
      const { id, method, path, media } = value as contract.Route;
      return `export const ${name} = ${JSON.stringify({ id, method, path, media })};`;
    })
    .join('\n');
}

function isRoute(value: unknown): value is contract.Route {
  return typeof value === 'object' && value !== null && 'method' in value && 'path' in value;
}
