import { CannotStart } from './cannot-start.ts';
import { createGantry, type Gantry } from './compose.ts';
import { type Config, readConfig } from './config.ts';
import { createLog } from './log.ts';
import { whenToldToStop } from './told-to-stop.ts';

/** Starts Gantry and keeps it running until it is told to stop. */
async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.logLevel);
  const gantry = await createGantry(config, log);
  try {
    const url = await listen(gantry, config);
    await gantry.accounts.writeCliCredential(config.dataDir, url);
    process.stdout.write(await welcome(gantry, config, config.baseUrl ?? url));
    await whenToldToStop();
  } finally {
    await gantry.close();
  }
}

/** What the person who started Gantry reads: where it is, and how to get in. */
async function welcome({ accounts }: Gantry, { adminEmail, adminPassword }: Config, url: string): Promise<string> {
  const token = await accounts.offerSignInLink();
  const link = token && `  Sign in by this link, once, within a day: ${url}/sign-in?token=${token}\n`;
  const password =
    adminPassword === undefined ? '' : `  Sign in as ${adminEmail} with the password of GANTRY_ADMIN_PASSWORD.\n`;
  return `\n  Gantry is running at ${url}\n${link ?? password}  Ctrl-C stops it.\n\n`;
}

/** Opens the port. @returns the address for the browser */
async function listen({ app }: Gantry, { host, port }: Config): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw explainListenError(error, host, port);
  }
  const address = app.server.address();
  const isAnywhere = host === '0.0.0.0' || host === '::';
  const name = isAnywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${typeof address === 'object' && address ? address.port : port}`;
}

function explainListenError(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const remedies: Record<string, string> = {
    EADDRINUSE: `Port ${port} is taken by another program. Stop that, or choose another port with GANTRY_PORT (0 takes any free one).`,
    EACCES: `Only root may listen on port ${port}. Choose one from 1024 up with GANTRY_PORT, and put a proxy in front if needed.`,
    EADDRNOTAVAIL: `This machine has no address ${host}. Set GANTRY_HOST to one it has; 0.0.0.0 means all of them.`,
    ENOTFOUND: `The name ${host} is not known here. Set GANTRY_HOST to an address of this machine; 0.0.0.0 means all of them.`,
  };
  const remedy = typeof code === 'string' ? remedies[code] : undefined;
  return remedy ? new CannotStart(remedy) : error;
}

try {
  await main();
  process.exit(0);
} catch (error) {
  process.stderr.write(
    `\n${error instanceof CannotStart ? error.message : error instanceof Error ? error.stack : error}\n`,
  );
  process.exit(1);
}
