import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refusedAddress } from './address.ts';

const inside = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.100.100.200',
  '127.0.0.1',
  '127.255.255.254',
  '168.63.129.16',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.192',
  '192.0.2.1',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::7f00:1',
  '::127.0.0.1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:10.0.0.1',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
  '2001:db8::1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '100::1',
  'not an address',
];

test.each(inside)('%s is inside', (address) => {
  expect(refusedAddress(address)).toBeTypeOf('string');
});

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '172.32.0.1',
  '100.128.0.1',
  '140.82.121.4',
  '2606:4700:4700::1111',
  '::ffff:8.8.8.8',
])('%s is public', (address) => {
  expect(refusedAddress(address)).toBeNull();
});

test('an IPv4 address is judged the same when it comes mapped into IPv6', () => {
  fc.assert(
    fc.property(fc.ipV4(), (address) => {
      expect(refusedAddress(`::ffff:${address}`)).toBe(refusedAddress(address));
    }),
  );
});
