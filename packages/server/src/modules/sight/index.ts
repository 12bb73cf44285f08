export { asksForCaller, callerOf } from './caller.ts';
export { Sights, type View } from './sights.ts';
