import { useReactFlow } from '@xyflow/react';
import { IconButton } from '../button.tsx';
import { IconMaximize, IconMinus, IconPlus } from '../icons.ts';
import styles from './graph-canvas.module.css';

/** Zoom and fit as buttons, for everyone who has no wheel. */
export function CanvasControls() {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  return (
    <div className={styles.controls}>
      <IconButton label="Zoom in" size="compact" onClick={() => void zoomIn({ duration: 120 })}>
        <IconPlus size={16} />
      </IconButton>
      <IconButton label="Zoom out" size="compact" onClick={() => void zoomOut({ duration: 120 })}>
        <IconMinus size={16} />
      </IconButton>
      <IconButton
        label="Fit all"
        size="compact"
        onClick={() => void fitView({ padding: 0.08, maxZoom: 1, duration: 180 })}
      >
        <IconMaximize size={16} />
      </IconButton>
    </div>
  );
}
