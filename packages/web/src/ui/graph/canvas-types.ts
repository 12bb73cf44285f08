import type { Hue } from '../hue.ts';
import type { Link } from './layout.ts';

/** A box on the canvas. `name` is what a screen reader says of it; sizes are pixels. */
export interface CanvasBox {
  id: string;
  name: string;
  width: number;
  height: number;
  hue?: Hue;
}

export interface CanvasLink extends Link {
  label?: string;
  /** Where on the line the label stands: beside one of its ends, or in the middle unless said. */
  labelAt?: 'source' | 'target';
  /** Drawn dashed: the line is there, its meaning is weaker. */
  weak?: boolean;
}
