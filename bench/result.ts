/** One figure of a bench. */
export interface Figure {
  /** The budget it belongs to: P1, P2, … */
  readonly id: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** Ours over the peer's, both measured in this run. */
  readonly ratio?: number;
  /** Lowest and highest of the rounds that `value` is the median of. */
  readonly range?: readonly [number, number];
}

export interface BenchResult extends Figure {
  /** In words; empty for a figure that is told for its own sake. */
  readonly budget: string;
  readonly met: boolean | undefined;
}

export interface BenchContext {
  /** A folder of the bench's own, removed afterwards. */
  readonly workdir: string;
  /** Fewer rounds, smaller data: shows that the bench works, and about where the figures are. */
  readonly quick: boolean;
  /** Says what is going on. */
  readonly note: (text: string) => void;
}

export type Bench = (context: BenchContext) => Promise<BenchResult[]>;

/** A budget that the value may not pass. */
export function atMost(limit: number, figure: Figure): BenchResult {
  return { ...figure, budget: `≤ ${limit} ${figure.unit}`, met: figure.value <= limit };
}

/** A budget on the ratio to the peer. */
export function ratioAtLeast(limit: number, peer: string, figure: Figure & { readonly ratio: number }): BenchResult {
  return { ...figure, budget: `≥ ${limit} of ${peer}`, met: figure.ratio >= limit };
}

/** A figure without a budget, that explains the others. */
export function told(figure: Figure): BenchResult {
  return { ...figure, budget: '', met: undefined };
}
