import { Refusal } from '@gantry/core';
import { expect, test } from 'vitest';
import { parseAllowHosts } from './allow-hosts.ts';
import { checkUrl } from './check-url.ts';

const none = parseAllowHosts([]);

test.each([
  ['not a url', /not an absolute URL/],
  ['/etc/passwd', /not an absolute URL/],
  ['file:///etc/passwd', /file:\/\/ is not spoken here/],
  ['ftp://files.example/a', /ftp:\/\/ is not spoken/],
  ['gopher://x.example:70/1', /gopher:\/\/ is not spoken/],
  ['javascript:alert(1)', /is not spoken/],
  ['https://me:secret@code.example/a', /carries a user name or password/],
  ['http://127.0.0.1/', /machine's own network/],
  ['http://[::1]/', /machine's own network/],
  ['http://[::ffff:169.254.169.254]/latest', /metadata/],
  ['http://169.254.169.254/latest/meta-data', /metadata/],
  ['http://10.0.0.1/', /private network/],
  ['http://100.64.1.1/', /carrier-grade/],
  ['http://2130706433/', /another spelling of 127\.0\.0\.1/],
  ['http://0x7f.1/', /another spelling/],
  ['http://0177.0.0.1/', /another spelling/],
  ['http://127.1/', /another spelling/],
  ['http://0x08080808/', /another spelling of 8\.8\.8\.8/],
  ['http://１２７.0.0.1/', /another spelling/],
  ['https://code.example:22/', /port 22 is not one/],
  ['https://code.example:6379/', /port 6379 is not one/],
  ['https://code.example:25/', /port 25 is not one/],
])('%s is refused', (url, message) => {
  expect(() => checkUrl(url, none)).toThrow(message);
});

test('a refusal is the caller’s, says how to open the host, and never repeats a password', () => {
  const caught = (() => {
    try {
      return checkUrl('https://me:hunter2@code.example/a', none);
    } catch (error) {
      return error;
    }
  })();
  expect(caught).toBeInstanceOf(Refusal);
  expect(JSON.stringify(caught) + String(caught)).not.toContain('hunter2');
  expect(() => checkUrl('http://10.0.0.1:8080/', none)).toThrow(/add 10\.0\.0\.1:8080 to GANTRY_ALLOW_HOSTS/);
});

test.each(['https://code.example/a?b#c', 'http://code.example', 'https://code.example:8443/', 'http://8.8.8.8/'])(
  '%s passes',
  (url) => {
    expect(checkUrl(url, none).href).toBe(new URL(url).href);
  },
);

test('an allowed host may be inside and on any port', () => {
  const allow = parseAllowHosts(['127.0.0.1:22', 'db.internal']);
  expect(checkUrl('http://127.0.0.1:22/', allow).port).toBe('22');
  expect(checkUrl('http://db.internal:5432/', allow).port).toBe('5432');
  expect(() => checkUrl('http://127.0.0.1:23/', allow)).toThrow(/port 23/);
  expect(() => checkUrl('ftp://db.internal/', allow)).toThrow(/not spoken/);
});
