import { Markdown } from '../ui/markdown.tsx';
import { CodeInput, LongTextInput } from './inputs/index.ts';
import type { CellProps, KindLook } from './kind.ts';
import styles from './kinds.module.css';
import { CodeCell } from './text.tsx';

/** The first line with something in it, without Markdown's marks. */
function FirstLine({ value }: CellProps) {
  const line =
    String(value)
      .split('\n')
      .find((text) => text.trim() !== '') ?? '';
  return <span className={styles.text}>{line.replace(/^[#>*\-\s]+/, '')}</span>;
}

const MarkdownDetail = ({ value }: CellProps) => <Markdown text={String(value)} />;

function BlockDetail({ value }: CellProps) {
  // Scrollable blocks take the focus, so that the keyboard can scroll them.
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
    <pre className={styles.block} tabIndex={0}>
      {typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
    </pre>
  );
}

export const markdown: KindLook = {
  Cell: FirstLine,
  Detail: MarkdownDetail,
  Input: LongTextInput,
  filter: 'text',
  width: 240,
  unsortable: true,
};

/** YAML, proto, descriptions of APIs: text for programs. */
export const code: KindLook = {
  Cell: FirstLine,
  Detail: BlockDetail,
  Input: CodeInput,
  filter: 'text',
  width: 200,
  unsortable: true,
};

export const object: KindLook = {
  Cell: CodeCell,
  Detail: BlockDetail,
  Input: CodeInput,
  filter: 'presence',
  width: 200,
  unsortable: true,
};
