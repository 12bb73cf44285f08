import { IsEmail, IsIdnEmail, IsIPv4, IsIPv6, IsUrl } from 'typebox/format';
import { isDateTime } from '../instant.ts';
import type { TextFormat } from './text.ts';

/** The texts with a grammar. What is only a reference (a user, a team) or a language (Markdown) has none: any text. */
export const urlFormat: TextFormat = {
  // The URL standard would trim spaces around; a stored value would then not be the link it is shown as.
  accepts: (text) => IsUrl(text) && !/\s/.test(text),
  noun: 'a URL',
  remedy: 'Write it with its scheme and without spaces, like https://example.com/page.',
};

export const emailFormat: TextFormat = {
  accepts: IsEmail,
  noun: 'an e-mail address',
  remedy: 'Write it like name@example.com.',
};

export const idnEmailFormat: TextFormat = {
  accepts: IsIdnEmail,
  noun: 'an e-mail address',
  remedy: 'Write it like name@example.com; letters of any script are fine.',
};

export const ipv4Format: TextFormat = {
  accepts: IsIPv4,
  noun: 'an IPv4 address',
  remedy: 'Write it like 192.0.2.1.',
};

export const ipv6Format: TextFormat = {
  accepts: IsIPv6,
  noun: 'an IPv6 address',
  remedy: 'Write it like 2001:db8::1.',
};

export const dateTimeFormat: TextFormat = {
  accepts: isDateTime,
  noun: 'a date with a time and a zone',
  remedy: 'Write it as RFC 3339, like 2024-05-01T10:00:00Z.',
};
