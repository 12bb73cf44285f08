/** The candidate most like `word`, for "did you mean"; undefined when none is close. Case does not count. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const wanted = word.slice(0, 100).toLowerCase();
  let best: string | undefined;
  // Where every letter would have to change, nothing is close.
  let least = Math.min(Math.max(3, Math.floor(wanted.length / 3) + 1), wanted.length);
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase(), least);
    if (distance >= least) continue;
    best = candidate;
    least = distance;
  }
  return best;
}

/** "Did you mean …?" as the remedy of a problem, or nothing when nothing is close. */
export function didYouMean(word: string, candidates: Iterable<string>): { remedy?: string } {
  const close = nearest(word, candidates);
  return close === undefined ? {} : { remedy: `Did you mean \`${close}\`?` };
}

/** Levenshtein's distance, or `limit` as soon as it cannot be less. */
function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) >= limit) return limit;
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const replaced = (previous[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? limit;
}
