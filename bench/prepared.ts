import { RunningGantry } from '../tests/running-gantry.ts';
import { poolOf, waitForRest } from './database.ts';
import { generateEntities } from './generate.ts';
import { Line } from './http.ts';
import { bulksOf, declareModel, upload } from './upload.ts';

/** Makes a data folder with the generated catalog in it, as if it had been filled long ago: planner statistics are up to date. */
export async function prepareData(dataDir: string, total: number): Promise<void> {
  const gantry = await RunningGantry.start(dataDir);
  await fill(gantry, total);
  await gantry.stop();
}

/** Fills a running Gantry with the generated catalog, and waits until it is at rest. */
export async function fill(gantry: RunningGantry, total: number): Promise<void> {
  const line = await Line.open(gantry, 4);
  const pool = poolOf(gantry, 1);
  try {
    await declareModel(line);
    await upload(line, bulksOf(generateEntities(total), 500));
    await waitForRest(pool);
    await pool.query('vacuum analyze');
    await pool.query('checkpoint');
  } finally {
    line.close();
    await pool.end();
  }
}
