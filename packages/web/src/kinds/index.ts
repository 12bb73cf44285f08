export * from './kind.ts';
export * from './look.ts';
export * from './value.tsx';
