import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rangeBounds } from './date-range.ts';
import { datePresets } from './parsed-query.ts';

const now = Date.parse('2024-03-31T10:30:00Z');
const DAY = 86_400_000;
const iso = ({ from = Number.NaN, to = Number.NaN }) => [new Date(from).toISOString(), new Date(to).toISOString()];

describe('rangeBounds', () => {
  it.each<[Parameters<typeof rangeBounds>[0], string, string]>([
    [{ preset: 'today' }, '2024-03-31T00:00:00.000Z', '2024-03-31T23:59:59.999Z'],
    [{ preset: 'yesterday' }, '2024-03-30T00:00:00.000Z', '2024-03-30T23:59:59.999Z'],
    [{ preset: 'tomorrow' }, '2024-04-01T00:00:00.000Z', '2024-04-01T23:59:59.999Z'],
    [{ preset: 'lastDay' }, '2024-03-30T10:30:00.000Z', '2024-03-31T10:30:00.000Z'],
    [{ preset: 'lastMonth' }, '2024-03-01T10:30:00.000Z', '2024-03-31T10:30:00.000Z'],
    [{ preset: 'nextWeek' }, '2024-03-31T10:30:00.000Z', '2024-04-07T10:30:00.000Z'],
    // The day the clocks go forward: 23 hours long.
    [{ preset: 'today', timeZone: 'Europe/Berlin' }, '2024-03-30T23:00:00.000Z', '2024-03-31T21:59:59.999Z'],
    [{ preset: 'yesterday', timeZone: 'Pacific/Auckland' }, '2024-03-29T11:00:00.000Z', '2024-03-30T10:59:59.999Z'],
  ])('of %j', (range, from, to) => {
    expect(iso(rangeBounds(range, now))).toEqual([from, to]);
  });

  it('gives back ends that are already known', () => {
    expect(rangeBounds({ of: 'number', from: 1 }, now)).toEqual({ of: 'number', from: 1 });
  });

  it('contains or touches now, except for the days beside today, and never runs backwards', () => {
    fc.assert(
      fc.property(fc.constantFrom(...datePresets), fc.integer({ min: 0, max: 4e12 }), (preset, moment) => {
        const { from = 0, to = 0 } = rangeBounds({ preset }, moment);
        expect(from).toBeLessThan(to);
        const slack = preset === 'yesterday' || preset === 'tomorrow' ? DAY : 0;
        expect(from - slack).toBeLessThanOrEqual(moment);
        expect(to + slack).toBeGreaterThanOrEqual(moment);
      }),
    );
  });
});
