/** The identifier of a new team by its name: what no identifier may hold becomes a hyphen. */
export function teamIdentifier(name: string): string {
  const identifier = name.replaceAll(/[^\p{L}0-9@_.+:\\/=-]+/gu, '-');
  return /^\.{1,2}$/.test(identifier) ? identifier.replaceAll('.', '-') : identifier;
}
