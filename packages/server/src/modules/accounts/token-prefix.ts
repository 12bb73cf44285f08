/** What personal tokens begin with, so that people and scanners of secrets know one when they see it. */
export const TOKEN_PREFIX = 'gty_';
