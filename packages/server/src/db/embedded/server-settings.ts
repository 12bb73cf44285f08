import { totalmem } from 'node:os';

const megabyte = 2 ** 20;

/**
 * What the embedded server is started with. Kept here and not in postgresql.conf, so that a new Gantry brings its new settings
 * to an old folder. What guards data (fsync, full_page_writes, synchronous_commit) stays as PostgreSQL ships it: on.
 */
export function serverSettings(socketFolder: string, port: number): Record<string, string | number> {
  const memory = totalmem() / megabyte;
  return {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    port,
    max_connections: 100,
    shared_buffers: `${clamp(memory / 8, 64, 512)}MB`,
    effective_cache_size: `${clamp(memory / 2, 256, 16_384)}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    // One disk that finds any page about as fast as the next one.
    random_page_cost: 1.1,
    // Planning with the compiler costs more than it saves on short queries.
    jit: 'off',
    // Nobody replicates from an embedded server (its users take backups), so bulk loads may write less log.
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_logical_replication_workers: 0,
    min_wal_size: '128MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    log_checkpoints: 'off',
    // Queries of a client that has died are given up, so that a killed Gantry does not keep its server busy.
    client_connection_check_interval: process.platform === 'linux' ? '2s' : 0,
    // What the server itself says, but not the errors of statements: Gantry gets those, and they may quote values.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_timezone: 'UTC',
    timezone: 'UTC',
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.round(Math.min(high, Math.max(low, value)));
}
