/**
 * Resolves when Gantry is told to stop: by Ctrl-C or another signal, or because the process that started it is gone. Told again a
 * second later, it ends on the spot; the guard then stops the database.
 */
export function whenToldToStop(): Promise<void> {
  return new Promise((resolve) => {
    let since: number | undefined;
    const stop = () => {
      // Ctrl-C reaches the whole process group, and `npm start` passes it on: the same wish arrives several times at once.
      if (since !== undefined && performance.now() - since > 1000) process.exit(1);
      if (since !== undefined) return;
      since = performance.now();
      process.stdout.write('\n  Stopping…\n');
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
    // `npm start` keeps a channel open to us. When it ends, however it ended, so do we.
    if (process.channel) {
      process.on('disconnect', stop);
      process.channel.unref();
    }
  });
}
