import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDateTime, parseInstant } from './instant.ts';

const noon = Date.UTC(2024, 4, 1, 12);

describe('parseInstant', () => {
  it.each([
    ['2024-05-01T12:00:00Z', noon],
    ['2024-05-01t12:00:00z', noon],
    ['2024-05-01 12:00:00Z', noon],
    ['2024-05-01T12:00:00.000Z', noon],
    ['2024-05-01T12:00:00.1234567Z', noon + 123],
    ['2024-05-01T14:00:00+02:00', noon],
    // What Jira sends.
    ['2024-05-01T14:00:00.000+0200', noon],
    ['2024-05-01T07:30:00-04:30', noon],
    ['2024-05-01T14:00:00+02', noon],
    ['2024-05-01', Date.UTC(2024, 4, 1)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['0001-01-01T00:00:00Z', new Date(0).setUTCFullYear(1, 0, 1)],
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
  ])('reads %s', (text, moment) => {
    expect(parseInstant(text)).toBe(moment);
  });

  it.each([
    '',
    'yesterday',
    '2024-05-01T12:00:00',
    '2024-05-01T12:00Z',
    '2024-13-01',
    '2024-02-30',
    '2023-02-29',
    '2024-00-10',
    '2024-05-01T24:00:00Z',
    '2024-05-01T12:60:00Z',
    '2024-05-01T12:00:00+16:00',
    '0000-01-01',
    ' 2024-05-01',
    '2024-05-01T12:00:00Z ',
    '1714564800000',
  ])('refuses %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  it('reads back every moment of four-digit years as the runtime writes it', () => {
    const moment = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(fc.property(moment, (date) => parseInstant(date.toISOString()) === date.getTime()));
  });

  it('calls only a date with a time a date-time', () => {
    expect(isDateTime('2024-05-01')).toBe(false);
    expect(isDateTime('2024-05-01T00:00:00Z')).toBe(true);
  });
});
