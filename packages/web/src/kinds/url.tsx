import { IconExternalLink } from '../ui/icons.ts';
import { TextInput } from './inputs/index.ts';
import type { CellProps, KindLook } from './kind.ts';
import styles from './kinds.module.css';

/** A link out. Only web addresses become links: a stored `javascript:` is shown as the text it is. */
export function OutLink({ url, children }: { url: string; children: string }) {
  if (!/^https?:\/\//i.test(url)) return <span className={styles.text}>{children}</span>;
  return (
    <a className={`${styles.text} ${styles.link}`} href={url} title={url} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

export function UrlCell({ value }: CellProps) {
  const url = String(value);
  return <OutLink url={url}>{url.replace(/^https?:\/\/(www\.)?/i, '')}</OutLink>;
}

export const url: KindLook = { Cell: UrlCell, Input: TextInput, filter: 'text', width: 240 };

function EmbeddedDetail({ value, property }: CellProps) {
  const address = String(value);
  if (!/^https:\/\//i.test(address)) return <UrlCell value={value} property={property} />;
  return (
    <>
      <iframe
        className={styles.frame}
        src={address}
        title={property.title ?? address}
        sandbox="allow-scripts allow-same-origin allow-popups"
        loading="lazy"
        referrerPolicy="no-referrer"
      />
      <a className={styles.link} href={address} target="_blank" rel="noreferrer noopener">
        Open in a new tab <IconExternalLink size={14} aria-hidden="true" />
      </a>
    </>
  );
}

/** A page shown inside the entity's. */
export const embeddedUrl: KindLook = { ...url, Detail: EmbeddedDetail };
