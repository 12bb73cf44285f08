/** The model or a name changed between the look and the write: the whole batch starts again with fresh eyes. */
export class Overtaken extends Error {
  override readonly name = 'Overtaken';
}
