import { IconExternalLink } from '../../../ui/icons.ts';
import styles from '../entity.module.css';
import { safeUrl } from '../entity-links.ts';
import { recordPlace, type ValueOrigin } from './provenance.ts';

/** Who or what said it and where exactly: file, document and line, as a link where there is an address. */
export function OriginPlace({ origin }: { origin: ValueOrigin['origin'] }) {
  const url = safeUrl(origin.url);
  const place = recordPlace(origin.record);
  const kind = kindWord(origin.kind);
  return (
    <span className={styles.origin}>
      {kind !== origin.label && <span className={styles.originKind}>{kind}</span>}
      {url ? (
        <a href={url} target="_blank" rel="noreferrer noopener" className={styles.textLink}>
          {origin.label} <IconExternalLink size={12} aria-hidden="true" />
        </a>
      ) : (
        <span>{origin.label}</span>
      )}
      {place && <code className={styles.place}>{place}</code>}
    </span>
  );
}

const kindWords: Partial<Record<string, string>> = {
  user: 'Person',
  machine: 'Machine credential',
  api: 'API client',
  datasource: 'Data source',
  file: 'File',
  location: 'Location',
  import: 'Import',
  demo: 'Demo organization',
  system: 'Gantry',
  run: 'Run',
};

function kindWord(kind: string): string {
  return kindWords[kind] ?? kind;
}
