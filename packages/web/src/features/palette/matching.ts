/** How well words fit a text: the places that match and a score, higher is better; undefined when they do not. */
export interface Match {
  readonly score: number;
  /** Start and end of each marked stretch. */
  readonly marks: readonly (readonly [from: number, to: number])[];
}

/** Every word must occur; at the start of the text or of a word counts more, and a shorter text more than a longer one. */
export function matchWords(words: string, text: string): Match | undefined {
  const lower = text.toLowerCase();
  let score = 0;
  const marks: [number, number][] = [];
  for (const word of words.toLowerCase().split(/\s+/).filter(Boolean)) {
    const at = bestPlace(lower, word);
    if (at < 0) return undefined;
    marks.push([at, at + word.length]);
    score += at === 0 ? 3 : startsWord(lower, at) ? 2 : 1;
  }
  return { score: score - text.length / 1000, marks: merged(marks) };
}

function bestPlace(text: string, word: string): number {
  const first = text.indexOf(word);
  for (let at = first; at >= 0; at = text.indexOf(word, at + 1)) if (startsWord(text, at)) return at;
  return first;
}

function startsWord(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '');
}

function merged(marks: [number, number][]): [number, number][] {
  const result: [number, number][] = [];
  for (const [from, to] of marks.sort(([one], [other]) => one - other)) {
    const last = result.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}
