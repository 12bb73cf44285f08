import type { AggregationProperty } from '@gantry/core';

type Spec = AggregationProperty['calculationSpec'];

/** What an aggregation computes, as one choice: the wire format spreads it over two keys. */
export const figures = ['count', 'average', 'sum', 'min', 'max', 'median', 'mean'] as const;
export type Figure = (typeof figures)[number];

export const periods = ['hour', 'day', 'week', 'month', 'total'] as const;

/** The choice a stored definition stands for; undefined for one this form does not know. */
export function figureOf({ calculationBy, func }: Spec): Figure | undefined {
  if (calculationBy === 'entities') return func === 'count' || func === 'average' ? func : undefined;
  if (func === 'average') return 'mean';
  return figures.find((figure) => figure === func && figure !== 'count');
}

export const needsProperty = (figure: Figure): boolean => figure !== 'count' && figure !== 'average';
export const needsPeriod = (figure: Figure): boolean => figure === 'average' || figure === 'mean';

export interface FigureDetails {
  figure: Figure;
  property?: string | undefined;
  averageOf?: string | undefined;
  measureTimeBy?: string | undefined;
}

export function detailsOf(spec: Spec): FigureDetails | undefined {
  const figure = figureOf(spec);
  const { property, averageOf, measureTimeBy } = spec as Spec & Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return figure && { figure, property: text(property), averageOf: text(averageOf), measureTimeBy: text(measureTimeBy) };
}

/** The wire format of a choice, with only the keys that mean something for it. */
export function specOf({ figure, property, averageOf = 'total', measureTimeBy }: FigureDetails): Spec {
  const period = needsPeriod(figure) ? { averageOf, ...(measureTimeBy ? { measureTimeBy } : {}) } : {};
  if (!needsProperty(figure)) return { calculationBy: 'entities', func: figure, ...period };
  const func = figure === 'mean' ? 'average' : figure;
  return { calculationBy: 'property', func, ...(property ? { property } : {}), ...period };
}
