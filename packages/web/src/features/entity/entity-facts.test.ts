import type { Blueprint, EntityAnswer, Property } from '@gantry/core';
import { describe, expect, it } from 'vitest';
import { groupFacts, isEmpty, keyFacts, propertyFacts, relationFacts } from './entity-facts.ts';
import { splitLinks } from './entity-links.ts';

const grouped = (property: Property, group: string): Property => Object.assign(property, { group });

const blueprint: Blueprint = {
  identifier: 'service',
  schema: {
    properties: {
      readme: { type: 'string', format: 'markdown' },
      language: { type: 'string' },
      tier: { type: 'string', title: 'Tier', enum: ['1', '2'] },
      replicas: grouped({ type: 'number' }, 'Runtime'),
      deployedAt: grouped({ type: 'string', format: 'date-time' }, 'Runtime'),
      repo: { type: 'string', format: 'url', title: 'Repository' },
      docs: { type: 'array', items: { type: 'object' } },
    },
    required: [],
  },
  relations: {
    depends_on: { target: 'service', many: true, required: false },
    system: { target: 'system', title: 'System', many: false, required: false },
  },
  mirrorProperties: { domain: { path: 'system.$title' } },
  calculationProperties: { score: { calculation: '1', type: 'number', colors: { 1: 'red' } } },
  aggregationProperties: {
    open_bugs: { target: 'bug', calculationSpec: { calculationBy: 'entities', func: 'count' } },
  },
};

const entity: EntityAnswer = {
  identifier: 'shop',
  title: 'Shop',
  blueprint: 'service',
  team: [],
  properties: {
    readme: '# Shop',
    language: 'Go',
    tier: '1',
    replicas: 0,
    deployedAt: null,
    repo: 'https://git.example/shop',
    docs: [{ url: 'https://docs.example', title: 'Runbook' }, { url: 'https://git.example/shop' }],
    domain: ['Retail'],
    open_bugs: 3,
  },
  relations: { depends_on: ['pay', { identifier: 'mail', title: 'Mail' }], system: null },
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'x',
  updatedAt: '2026-01-01T00:00:00.000Z',
  updatedBy: 'x',
};

describe('propertyFacts', () => {
  const facts = propertyFacts(blueprint, entity);

  it('lists every declared property, derived ones with the type they behave like', () => {
    expect(facts.map(({ key, derivation }) => [key, derivation])).toContainEqual(['open_bugs', 'aggregation']);
    expect(facts.find(({ key }) => key === 'domain')?.property.type).toBe('array');
    expect(facts.find(({ key }) => key === 'score')?.property.enumColors).toEqual({ 1: 'red' });
    expect(facts.find(({ key }) => key === 'open_bugs')?.title).toBe('Open bugs');
  });

  it('treats zero and false as values', () => {
    expect([0, false, 'x', [0]].map(isEmpty)).toEqual([false, false, false, false]);
    expect([null, undefined, '', [], {}].map(isEmpty)).toEqual([true, true, true, true, true]);
  });

  it('puts states first into the key facts and leaves out what is empty or prose', () => {
    expect(keyFacts(facts).map(({ key }) => key)).toEqual(['tier', 'replicas', 'open_bugs', 'language']);
    expect(keyFacts(facts, 2)).toHaveLength(2);
  });

  it('groups details, named groups and derived values in this order', () => {
    expect(groupFacts(facts).map(({ title }) => title)).toEqual(['Details', 'Runtime', 'Derived']);
  });
});

describe('relationFacts', () => {
  it('reads single and many relations alike', () => {
    const named = relationFacts(blueprint, entity).map(({ title, targets }) => [
      title,
      targets.map((each) => each.title),
    ]);
    expect(named).toEqual([
      ['Depends on', ['pay', 'Mail']],
      ['System', []],
    ]);
  });
});

describe('splitLinks', () => {
  const { links, others } = splitLinks(propertyFacts(blueprint, entity));

  it('collects addresses once', () => {
    expect(links.map(({ title, url }) => [title, url])).toEqual([
      ['Repository', 'https://git.example/shop'],
      ['Runbook', 'https://docs.example'],
    ]);
  });

  it('leaves a property among the details when any part of it is not an address to follow', () => {
    const [docs] = propertyFacts(blueprint, entity).filter(({ key }) => key === 'docs');
    const script = docs && { ...docs, value: [{ url: 'https://a.example' }, { url: 'javascript:alert(1)' }] };
    expect(splitLinks(script ? [script] : [])).toMatchObject({ links: [], others: [{ key: 'docs' }] });
    expect(others.map(({ key }) => key)).not.toContain('repo');
  });
});
