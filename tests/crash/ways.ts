import { setTimeout as pause } from 'node:timers/promises';
import { inParallel, Line } from '../../bench/http.ts';
import { bulksOf, declareModel, sendBulk } from '../../bench/upload.ts';
import type { RunningGantry } from '../running-gantry.ts';
import { bundleOf, catalogOf, entities } from './edition.ts';

/** A whole catalog on its way into Gantry. */
export interface Underway {
  /** `blueprint identifier` of each entity whose write was acknowledged so far. */
  readonly acknowledged: ReadonlySet<string>;
  /** What broke it off; undefined when it came through. */
  readonly ended: Promise<unknown>;
  /** Resolves at a random moment of the work, before its last tenth if it takes as long as the last time. */
  somewhere(): Promise<void>;
}

/** How a catalog comes in. */
export interface Way {
  readonly name: string;
  /** What has to be there before. */
  prepare(gantry: RunningGantry): Promise<void>;
  start(gantry: RunningGantry, edition: number): Underway;
}

const endOf = (work: Promise<void>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

const connections = 4;

/** As Port's exporters send it: bulk requests, each of them acknowledged. */
class Bulks implements Underway {
  readonly acknowledged = new Set<string>();
  readonly ended: Promise<unknown>;
  #hear = () => {};

  constructor(gantry: RunningGantry, edition: number) {
    this.ended = endOf(this.#run(gantry, edition));
  }

  async #run(gantry: RunningGantry, edition: number): Promise<void> {
    const line = await Line.open(gantry, connections);
    try {
      await inParallel(bulksOf(catalogOf(edition)), connections, async (bulk) => {
        await sendBulk(line, bulk);
        for (const identifier of bulk.identifiers) this.acknowledged.add(`${bulk.blueprint} ${identifier}`);
        this.#hear();
      });
    } finally {
      line.close();
    }
  }

  async somewhere(): Promise<void> {
    const enough = 1 + Math.random() * entities * 0.9;
    await new Promise<void>((resolve) => {
      this.#hear = () => {
        if (this.acknowledged.size >= enough) resolve();
      };
      this.#hear();
    });
    await pause(Math.random() * 30);
  }
}

/** As `gantry import` sends it: one bundle of files, acknowledged as a whole. */
class Files implements Underway {
  static #lastTookMs = 1000;
  readonly acknowledged: ReadonlySet<string> = new Set();
  readonly ended: Promise<unknown>;

  constructor(gantry: RunningGantry, edition: number) {
    this.ended = endOf(this.#run(gantry, edition));
  }

  async #run(gantry: RunningGantry, edition: number): Promise<void> {
    const line = await Line.open(gantry, 1);
    const start = performance.now();
    try {
      const said = await line.send('POST', '/v1/imports', JSON.stringify(bundleOf(edition)));
      const { problems } = JSON.parse(said.toString()).report;
      if (problems.length > 0) throw new Error(`Gantry did not take: ${JSON.stringify(problems[0])}`);
      Files.#lastTookMs = performance.now() - start;
    } finally {
      line.close();
    }
  }

  somewhere(): Promise<void> {
    return pause(Files.#lastTookMs * 0.9 * Math.random());
  }
}

export const ways: readonly Way[] = [
  {
    name: 'a bulk upload',
    async prepare(gantry) {
      const line = await Line.open(gantry, 1);
      await declareModel(line);
      line.close();
    },
    start: (gantry, edition) => new Bulks(gantry, edition),
  },
  {
    name: 'an import of files',
    prepare: async () => {},
    start: (gantry, edition) => new Files(gantry, edition),
  },
];
