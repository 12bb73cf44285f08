import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface PgbenchOptions {
  readonly workdir: string;
  readonly connection: { host: string; port: number; user: string; password: string; database: string };
  /** Run in equal shares. */
  readonly statements: readonly string[];
  readonly connections: number;
  readonly seconds: number;
}

/** Whether PostgreSQL's own load program is on this machine (Debian: postgresql-contrib). */
export function hasPgbench(): boolean {
  return spawnSync('pgbench', ['--version']).status === 0;
}

/** Statements a second that pgbench gets, prepared, over as many connections. */
export function pgbench({ workdir, connection, statements, connections, seconds }: PgbenchOptions): number {
  mkdirSync(workdir, { recursive: true });
  const files = statements.flatMap((statement, index) => {
    const file = join(workdir, `statement-${index}.sql`);
    writeFileSync(file, `${statement.replaceAll('\n', ' ')};\n`);
    return ['-f', file];
  });
  const settings = ['-n', '-M', 'prepared', '-c', String(connections), '-j', '2', '-T', String(seconds)];
  const { stdout, stderr, status } = spawnSync('pgbench', [...settings, ...files], {
    env: {
      ...process.env,
      PGHOST: connection.host,
      PGPORT: String(connection.port),
      PGUSER: connection.user,
      PGPASSWORD: connection.password,
      PGDATABASE: connection.database,
    },
    encoding: 'utf8',
  });
  const rate = /tps = ([\d.]+)/.exec(stdout)?.[1];
  if (status !== 0 || rate === undefined) throw new Error(`pgbench failed: ${stderr}`);
  return Number(rate);
}
