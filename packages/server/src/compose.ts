import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { AuditBuffer } from './audit/audit-buffer.ts';
import type { Config } from './config.ts';
import { openDatabase } from './db/database.ts';
import { Reader } from './db/reader.ts';
import { Dispatcher } from './events/dispatch.ts';
import { Notifications } from './events/notifications.ts';
import { Announcer } from './events/outbox.ts';
import { createApp } from './http/app.ts';
import type { Authority } from './http/authenticate.ts';
import { liveModule } from './http/live.ts';
import { prepareQueue, startQueue } from './jobs/queue.ts';
import { type AccountsModule, accountKeeper, accountsModule } from './modules/accounts/index.ts';
import { auditModule } from './modules/audit/index.ts';
import { blueprintsModule, ModelMemory } from './modules/blueprints/index.ts';
import { demoModule } from './modules/demo/index.ts';
import { type EntityKit, entitiesModule, entityKeeper, Origins } from './modules/entities/index.ts';
import type { Module } from './modules/module.ts';
import { organizationModule } from './modules/organization/index.ts';
import { peopleModule, peopleRules } from './modules/people/index.ts';
import { judgmentBy, permissionsModule } from './modules/permissions/index.ts';
import { preferencesModule } from './modules/preferences/index.ts';
import { scimModule } from './modules/scim/index.ts';
import { searchModule } from './modules/search/index.ts';
import { secretsModule } from './modules/secrets/index.ts';
import { callerFor, Sights, seenFacts } from './modules/sight/index.ts';
import { signInModule } from './modules/sign-in/index.ts';
import { SourceTurns, sourcesModule } from './modules/sources/index.ts';
import { type Lookup, Outbound, portOf } from './outbound/index.ts';
import { providersOf } from './provider-settings.ts';
import { version } from './version.ts';

/** The built web UI, when it is built. */
const webRoot = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** A whole Gantry, ready to answer. */
export interface Gantry {
  /** Not listening yet: a test injects requests, `main.ts` opens a port. */
  readonly app: FastifyInstance;
  readonly accounts: AccountsModule;
  /** Ends what is under way, within seconds, and stops everything that was started, the database too. */
  close(): Promise<void>;
}

/** What lies outside of Gantry, where a test brings its own. */
export interface World {
  /** How names become addresses; the system's resolver unless said. */
  readonly lookup?: Lookup;
  /** Who vouches for callers; the accounts of this Gantry unless said. */
  readonly authority?: Authority;
}

/**
 * Builds everything, once: the one place that introduces the parts to one another.
 * @throws CannotStart with a message for the person who starts Gantry
 */
export async function createGantry(config: Config, log: Logger, world: World = {}): Promise<Gantry> {
  const stops: (() => Promise<void>)[] = [];
  // In the opposite order of starting, and every one of them even when one fails.
  const close = async () => {
    for (const stop of stops.splice(0).reverse()) {
      await stop().catch((error) => log.error({ err: error }, 'a part of Gantry did not stop cleanly'));
    }
  };
  try {
    const database = await openDatabase(config, log);
    stops.push(database.close);
    await prepareQueue(database.pool, log);

    const audit = new AuditBuffer({ db: database.db, log });
    stops.push(() => audit.close());

    const notifications = new Notifications(database.connection, log);
    await notifications.start();
    stops.push(() => notifications.stop());

    const announcer = new Announcer(database.db, log);
    const origins = new Origins();
    const memory = new ModelMemory(database.db, notifications);
    const keeper = entityKeeper(database.db, origins);
    const reader = new Reader(database.connection, log);
    stops.push(() => reader.close());
    const sights = new Sights(memory);
    const search = searchModule({ db: database.db, reader, memory, sights });
    const judgmentFor = judgmentBy(callerFor);
    const entities: EntityKit = {
      ...{ db: database.db, memory, sights, announcer, origins },
      find: search.find,
      present: search.readEntityJson,
      rules: peopleRules,
      judgmentFor,
    };
    const accounts = await accountsModule(entities, config, version, audit);
    const outbound = new Outbound({ allowHosts: config.allowHosts, userAgent: `gantry/${version}`, ...world });
    stops.push(() => outbound.close());
    const providers = providersOf(config);
    // Whoever names a provider in the settings means its host, also inside; that opens it for sign-in and nothing else.
    const toProviders = new Outbound({
      allowHosts: [...config.allowHosts, ...providers.map(({ issuer }) => hostAndPort(issuer))],
      userAgent: `gantry/${version}`,
      ...world,
    });
    stops.push(() => toProviders.close());
    const scim = scimModule(entities, config.baseUrl);
    const turns = new SourceTurns(database.db);
    const { missingEntities, refreshMinutes } = config;
    const authority = world.authority ?? {
      ...accounts.authority,
      ofToken: (token: string) => scim.ofToken(token) ?? accounts.authority.ofToken(token),
    };
    const live = liveModule({
      ...{ db: database.db, notifications, log, authority },
      seen: async (actor, facts) => seenFacts(await sights.of(actor, reader), actor, reader, facts),
    });
    const modules: Module[] = [
      live,
      organizationModule(database.db),
      preferencesModule(database.db),
      secretsModule({ db: database.db, settings: config, log }),
      auditModule({ db: database.db, reader, days: config.auditDays }),
      blueprintsModule({ db: database.db, memory, announcer, keeper }),
      entitiesModule(entities, log),
      accounts,
      scim,
      await signInModule({
        ...{ entities, accounts, log, baseUrl: config.baseUrl },
        ...{ settings: providers, outbound: toProviders },
      }),
      peopleModule({ entities, accounts: accountKeeper(database.db) }),
      permissionsModule({ db: database.db, memory, announcer, judgmentFor, personCalled: accounts.personCalled }),
      search,
      sourcesModule({ entities, outbound, turns, log, missingEntities, refreshMinutes }),
      demoModule({ entities, keeper, turns }),
    ];
    for (const module of modules) await module.prepare?.();
    const dispatcher = new Dispatcher({
      db: database.db,
      notifications,
      listeners: modules.flatMap(({ listeners }) => listeners ?? []),
      log,
    });
    dispatcher.start();
    stops.push(() => dispatcher.stop());
    const handlers = modules.flatMap(({ jobs }) => jobs ?? []);
    const queue = await startQueue({ pool: database.pool, handlers, log });
    stops.push(queue.stop);

    const app = await createApp({
      routes: modules.flatMap(({ routes }) => routes),
      authority,
      audit,
      db: database.db,
      pool: database.pool,
      log,
      version,
      baseUrl: config.baseUrl,
      webRoot: existsSync(join(webRoot, 'index.html')) ? webRoot : undefined,
    });
    app.addHook('preClose', async () => live.stop());
    stops.push(() => drain(app));
    await app.ready();
    return { app, accounts, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** An entry for the hosts that may be reached inside. */
function hostAndPort(address: string): string {
  const url = new URL(address);
  return `${url.hostname}:${portOf(url)}`;
}

const patience = 5000;

/** No new requests; those under way may end, but live streams would go on for ever. */
async function drain(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), patience);
  await app.close();
  clearTimeout(cut);
}
