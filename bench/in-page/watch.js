// Runs in the page, before anything else: notes when rows are first there, when the page was too busy to answer, and how frames follow.
globalThis.gantryBench = { rowsAt: undefined, longTasks: [], frames: [], mostRows: 0 };

new PerformanceObserver((list) => {
  for (const { startTime, duration } of list.getEntries()) {
    globalThis.gantryBench.longTasks.push({ start: startTime, end: startTime + duration });
  }
}).observe({ type: 'longtask', buffered: true });

const rows = '[role=row][data-index]:not([data-index="-1"])';
const seen = new MutationObserver(() => {
  if (!document.querySelector(`${rows}:not([data-loading])`)) return;
  globalThis.gantryBench.rowsAt = performance.now();
  seen.disconnect();
});
seen.observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-loading'] });

/** Measures frames until told to stop. */
globalThis.gantryBench.watchFrames = () => {
  let last = performance.now();
  let isOn = true;
  const frame = (now) => {
    globalThis.gantryBench.frames.push(now - last);
    last = now;
    const count = document.querySelectorAll('[role=row]').length;
    globalThis.gantryBench.mostRows = Math.max(globalThis.gantryBench.mostRows, count);
    if (isOn) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  globalThis.gantryBench.stopWatching = () => {
    isOn = false;
  };
};
