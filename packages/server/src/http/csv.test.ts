import { expect, test } from 'vitest';
import { csvLine } from './csv.ts';

test.each([
  [['plain', 1, true, null, undefined], 'plain,1,true,,'],
  [['a,b', 'say "hi"', 'two\nlines', 'cr\r'], '"a,b","say ""hi""","two\nlines","cr\r"'],
  [['=1+1', '+1', '-1', '@x', '\tx'], "'=1+1,'+1,'-1,'@x,'\tx"],
  [[-5, 1e21], '-5,1e+21'],
  [[['=a', 'b'], [], [1, 2], [null]], `"'=a, b",,"1, 2",[null]`],
  [[{ a: '=1' }], '"{""a"":""=1""}"'],
])('%j is written as %s', (cells, line) => {
  expect(csvLine(cells)).toBe(`${line}\r\n`);
});
