import { countsOf, type GeneratedEntity, generateEntities, nameOf } from '../../bench/generate.ts';

/** Small enough to be in within about a second, large enough to be in the middle of it when the blow falls. */
export const entities = 1200;

/**
 * The whole catalog as it is said the `edition`th time: every entity says the number twice, and those with an owner have another one each time, so
 * that a half-written entity shows.
 */
export function* catalogOf(edition: number): Generator<GeneratedEntity> {
  const owner = nameOf('team', edition % countsOf(entities).team);
  for (const entity of generateEntities(entities)) {
    const { title, properties, relations } = entity;
    yield {
      ...entity,
      title: `${title}, edition ${edition}`,
      properties: { ...properties, description: `edition ${edition}` },
      relations: 'owner' in relations ? { ...relations, owner } : relations,
    };
  }
}

/** The same as a bundle of Backstage files (JSON is YAML), each with as many documents. */
export function bundleOf(edition: number): object {
  const documents = [...catalogOf(edition)].flatMap(documentOf);
  const perFile = 100;
  const files = Array.from({ length: Math.ceil(documents.length / perFile) }, (_, index) => ({
    path: `catalog-${index}.yaml`,
    text: documents.slice(index * perFile, (index + 1) * perFile).join('\n---\n'),
  }));
  const entries = files.map(({ path }) => path);
  return { root: 'file:/generated', base: 'file:/generated/', entries, files };
}

/** Teams become groups and services components, with who owns and what needs them; the rest Backstage calls resources. */
function documentOf({ blueprint, identifier, title, properties, relations }: GeneratedEntity): string {
  const metadata = { name: identifier, title, description: properties.description };
  const owner = `group:default/${relations.owner ?? nameOf('team', 0)}`;
  const services = [relations.dependsOn ?? []].flat().map((name) => `component:default/${name}`);
  const specs: Readonly<Record<string, object>> = {
    team: { kind: 'Group', spec: { type: 'team', children: [] } },
    service: { kind: 'Component', spec: { type: 'service', lifecycle: 'production', owner, dependsOn: services } },
  };
  const rest = { kind: 'Resource', spec: { type: blueprint, owner } };
  return JSON.stringify({ apiVersion: 'backstage.io/v1alpha1', metadata, ...(specs[blueprint] ?? rest) });
}

/** The edition a title or description tells; 0 for an entity that only stands there because others name it. */
export function editionIn(text: string | null): number {
  return Number(/edition (\d+)$/.exec(text ?? '')?.[1] ?? 0);
}
