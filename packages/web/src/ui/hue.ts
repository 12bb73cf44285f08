/** The fixed set of colours that blueprints and values may have; tones per theme are in `theme/tokens.css`. */
export const hues = [
  'gray',
  'brown',
  'red',
  'orange',
  'amber',
  'lime',
  'green',
  'teal',
  'blue',
  'indigo',
  'purple',
  'pink',
] as const;
export type Hue = (typeof hues)[number];

/** Colour names of Port's wire format. */
const named: Readonly<Record<string, Hue>> = {
  blue: 'blue',
  turquoise: 'teal',
  orange: 'orange',
  purple: 'purple',
  pink: 'pink',
  yellow: 'amber',
  green: 'green',
  red: 'red',
  gold: 'amber',
  silver: 'gray',
  paleBlue: 'indigo',
  darkGray: 'gray',
  lightGray: 'gray',
  bronze: 'brown',
  lime: 'lime',
  olive: 'lime',
  brown: 'brown',
};

/** The hue of a colour name as blueprints spell it; gray for none or an unknown one. */
export function hueOfColor(color: string | undefined): Hue {
  return (color !== undefined && named[color]) || 'gray';
}

/** A stable hue for a name nobody gave a colour to; never gray. */
export function hueOfName(name: string): Hue {
  let hash = 2166136261;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
  return hues[1 + ((hash >>> 0) % (hues.length - 1))] ?? 'gray';
}
