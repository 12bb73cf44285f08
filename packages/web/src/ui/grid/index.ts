export { Grid } from './grid.tsx';
export type { GridColumn, GridItem, GridPoint, GridSelection } from './grid-types.ts';
