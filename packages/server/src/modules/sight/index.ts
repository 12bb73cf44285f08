export { asksForCaller, callerFor, callerOf } from './caller.ts';
export { seenFacts } from './seen-facts.ts';
export { Sights, type View } from './sights.ts';
