export { portOf } from './check-url.ts';
export type { Lookup } from './connector.ts';
export { answersAsRepository, remoteCommit, withRepository } from './git/open-repository.ts';
export type { RepositoryTree } from './git/repository-tree.ts';
export { Outbound, type OutboundAnswer } from './outbound.ts';
