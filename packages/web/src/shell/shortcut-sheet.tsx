import { Dialog } from '../ui/dialog.tsx';
import { Kbd } from '../ui/kbd.tsx';
import styles from './shortcut-sheet.module.css';

const sheet: readonly { title: string; keys: readonly (readonly [keys: string, what: string])[] }[] = [
  {
    title: 'Anywhere',
    keys: [
      ['mod+k', 'Search or run'],
      ['/', 'Search on this page'],
      ['?', 'This sheet'],
      ['[', 'Show or hide the sidebar'],
      ['Esc', 'Close what is on top'],
    ],
  },
  {
    title: 'Go to: press G, then',
    keys: [
      ['H', 'Home'],
      ['C', 'Catalog'],
      ['B', 'Data model'],
      ['S', 'Data sources'],
    ],
  },
  {
    title: 'On the page of an entity',
    keys: [
      ['E', 'Edit'],
      ['1 … 6', 'The tabs, from left to right'],
      ['shift+C', 'Copy the link'],
    ],
  },
  {
    title: 'In a table',
    keys: [
      ['↑ ↓ ← →', 'Move between cells'],
      ['Home / End', 'First or last column'],
      ['PageUp / PageDown', 'A screenful up or down'],
      ['Space', 'Select the row'],
      ['Enter', 'Preview the row'],
      ['F2', "Into the cell's links; Esc comes back"],
      ['shift+F10', "The row's menu"],
    ],
  },
];

/** Every key there is, on one sheet. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Dialog opened onClose={onClose} title="Keyboard shortcuts" width={640}>
      <div className={styles.sheet}>
        {sheet.map((group) => (
          <section key={group.title}>
            <h3 className={styles.title}>{group.title}</h3>
            <dl className={styles.list}>
              {group.keys.map(([keys, what]) => (
                <div key={keys} className={styles.row}>
                  <dt>{what}</dt>
                  <dd>
                    <Kbd keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
