/** What an entry may be about. The first seven are Port's words. */
export const auditResources = [
  ...['blueprint', 'entity', 'run', 'webhook', 'scorecard', 'action', 'integration'],
  ...['organization', 'secret', 'source', 'migration', 'session', 'token', 'credential', 'permission', 'user', 'team'],
  ...['preference', 'audit'],
] as const;
export type AuditResource = (typeof auditResources)[number];

export const auditActions = ['CREATE', 'UPDATE', 'DELETE', 'READ'] as const;
export type AuditAction = (typeof auditActions)[number];

export const auditStatuses = ['SUCCESS', 'FAILURE'] as const;
export type AuditStatus = (typeof auditStatuses)[number];

/** By which way somebody came. The function `audit_channel` of the database decides, from who calls and with what program. */
export const auditOrigins = ['UI', 'API', 'CLI', 'MCP', 'TERRAFORM', 'SYNC', 'SYSTEM'] as const;
export type AuditOrigin = (typeof auditOrigins)[number];
