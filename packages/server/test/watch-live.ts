import { onTestFinished } from 'vitest';
import type { Gantry } from '../src/compose.ts';

/** A browser that watches, to the end of the test: `until` reads until something has come, `ended` until nothing does. */
export async function watchLive({ app }: Gantry, token: string, lastEventId?: string, viewAs?: string) {
  if (!app.server.listening) await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  const abort = new AbortController();
  onTestFinished(() => abort.abort());
  const query = viewAs === undefined ? '' : `?view_as=${encodeURIComponent(viewAs)}`;
  const response = await fetch(`http://127.0.0.1:${address.port}/v1/live${query}`, {
    headers: { authorization: `Bearer ${token}`, ...(lastEventId ? { 'last-event-id': lastEventId } : {}) },
    signal: abort.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const read = async () => {
    const { value, done } = (await reader?.read()) ?? { value: undefined, done: true };
    text += value ?? '';
    return !done;
  };
  const until = async (part: string) => {
    while (!text.includes(part)) {
      if (!(await read())) throw new Error(`The stream ended without ${part}: ${text}`);
    }
    return text;
  };
  const ended = async () => {
    while (await read());
    return text;
  };
  await until('retry:');
  return { response, until, ended, stop: () => abort.abort() };
}
