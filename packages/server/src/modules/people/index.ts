export { peopleRules } from './rules.ts';
