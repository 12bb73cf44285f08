import { Refusal } from '@gantry/core';
import { type GlobAnswer, globMatcher, parseScmUrl, type ReadAnswer, type Unreadable } from '@gantry/core/backstage';
import type { Outbound, OutboundAnswer } from '../../../outbound/index.ts';
import { withRepository } from '../../../outbound/index.ts';
import { repositoryUrl } from './target-place.ts';

/** A file as it was fetched last, with what its server wants to hear to say "not modified". */
export interface FetchedFile {
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly body: string;
}

export interface WebLimits {
  /** Files that one reading may fetch. */
  readonly files: number;
  /** Bytes that one reading may fetch in all, and of one file. */
  readonly bytes: number;
  readonly fileBytes: number;
}

const defaults: WebLimits = { files: 5_000, bytes: 256 * 1024 * 1024, fileBytes: 5 * 1024 * 1024 };

/**
 * Files on the web during one reading of a source, through the guarded client. Each is fetched once, and only if it
 * changed since `known`; pages of files on Git hosts are fetched as the files they show.
 */
export class WebFiles {
  readonly #outbound: Outbound;
  readonly #known: ReadonlyMap<string, FetchedFile>;
  readonly #limits: WebLimits;
  readonly #signal: AbortSignal;
  readonly #reads = new Map<string, Promise<ReadAnswer>>();
  readonly #fetched = new Map<string, FetchedFile>();
  #bytes = 0;

  constructor(
    outbound: Outbound,
    signal: AbortSignal,
    known: ReadonlyMap<string, FetchedFile> = new Map(),
    limits: Partial<WebLimits> = {},
  ) {
    this.#outbound = outbound;
    this.#signal = signal;
    this.#known = known;
    this.#limits = { ...defaults, ...limits };
  }

  /** What was read, for the next time. */
  get fetched(): ReadonlyMap<string, FetchedFile> {
    return this.#fetched;
  }

  /** Whether anything was read from the web at all. */
  get wasUsed(): boolean {
    return this.#reads.size > 0;
  }

  read(url: string): Promise<ReadAnswer> {
    const known = this.#reads.get(url);
    if (known) return known;
    const reading = this.#reads.size < this.#limits.files ? this.#fetch(url) : Promise.resolve(this.#full());
    this.#reads.set(url, reading);
    return reading;
  }

  /** Patterns have to be matched against a listing, which only a repository has: one commit of it is cloned. */
  async glob(pattern: string): Promise<GlobAnswer> {
    const place = parseScmUrl(pattern);
    if (!place?.path) {
      return unreadable('refused', 'patterns need a repository to be matched against', 'name the files one by one');
    }
    const matches = globMatcher(decodeURIComponent(place.path));
    const folder = new URL(pattern).href.slice(0, -place.path.length);
    try {
      const url = repositoryUrl(new URL(pattern), place.repository);
      const wanted = { url, branch: place.ref, signal: this.#signal };
      return await withRepository(this.#outbound, wanted, async (tree) => {
        const found = tree.paths.filter(matches);
        return { ok: true, targets: found.map((path) => folder + path.split('/').map(encodeURIComponent).join('/')) };
      });
    } catch (error) {
      return this.#explain(error);
    }
  }

  async #fetch(url: string): Promise<ReadAnswer> {
    const known = this.#known.get(url);
    try {
      const answer = await this.#outbound.send({
        url: parseScmUrl(url)?.raw ?? url,
        headers: {
          accept: 'application/yaml, text/yaml, text/plain;q=0.9, */*;q=0.5',
          ...(known?.etag && { 'if-none-match': known.etag }),
          ...(known?.lastModified && { 'if-modified-since': known.lastModified }),
        },
        maxBytes: this.#limits.fileBytes,
        signal: this.#signal,
      });
      if (answer.status === 304 && known) return this.#keep(url, known);
      return this.#take(url, answer);
    } catch (error) {
      return this.#explain(error);
    }
  }

  #take(url: string, answer: OutboundAnswer): ReadAnswer {
    const { status, headers, body } = answer;
    if (status === 404 || status === 410) return unreadable('absent', `${url} is not there (status ${status})`);
    if (status !== 200) return unreadable('failed', `${url} answered with status ${status}`, remedyFor(status));
    if (headers['content-type']?.startsWith('text/html')) {
      return unreadable(
        'failed',
        `${url} answered with a web page`,
        'give the address of the file itself; it must be readable without signing in',
      );
    }
    this.#bytes += body.length;
    if (this.#bytes > this.#limits.bytes) return this.#full();
    const file = {
      etag: headers.etag ?? null,
      lastModified: headers['last-modified'] ?? null,
      body: new TextDecoder().decode(body),
    };
    return this.#keep(url, file);
  }

  #keep(url: string, file: FetchedFile): ReadAnswer {
    this.#fetched.set(url, file);
    return { ok: true, text: file.body };
  }

  #explain(error: unknown): Unreadable {
    if (!(error instanceof Refusal)) throw error;
    const [problem] = error.problems;
    const reason = error.code === 'invalid_request' ? 'refused' : 'failed';
    return unreadable(reason, problem?.message ?? error.message, problem?.remedy);
  }

  #full(): Unreadable {
    return unreadable(
      'failed',
      `one reading fetches at most ${this.#limits.files} files and ${this.#limits.bytes} bytes`,
      'register the places one by one',
    );
  }
}

function remedyFor(status: number): string | undefined {
  if (status === 401 || status === 403) return 'it must be readable without signing in';
  return status === 429 || status >= 500 ? 'it is tried again later' : undefined;
}

function unreadable(reason: Unreadable['reason'], message: string, remedy?: string): Unreadable {
  return { ok: false, reason, message, ...(remedy !== undefined && { remedy }) };
}
