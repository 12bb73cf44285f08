import { type ReactNode, useState } from 'react';
import { messages as shellMessages } from '../../shell/messages.ts';
import { Page } from '../../shell/page.tsx';
import { PageTitle } from '../../shell/page-title.tsx';
import { lettersAllowed, setLettersAllowed } from '../../shell/shortcuts.ts';
import { densities, setDensity, setTheme, themes, useDensity, useTheme } from '../../shell/theme.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Checkbox, Segmented } from '../../ui/toggles.tsx';
import { useSummaryRow } from '../catalog/use-summary-row.ts';
import { messages } from './messages.ts';
import styles from './preferences-page.module.css';

/** What each person sets for themselves; everything applies at once. */
export function PreferencesPage() {
  const theme = useTheme();
  const density = useDensity();
  const [summary, setSummary] = useSummaryRow();
  const [letters, setLetters] = useState(lettersAllowed);
  return (
    <Page narrow>
      <PageTitle parts={[messages.preferences]} />
      <PageHeader title={messages.preferences} description={messages.preferencesText} />
      <div>
        <Setting title={messages.theme} help={messages.themeHelp}>
          <Segmented
            label={messages.theme}
            options={themes.map((value) => ({ value, label: shellMessages.themes[value] }))}
            value={theme}
            onChange={setTheme}
          />
        </Setting>
        <Setting title={messages.density} help={messages.densityHelp}>
          <Segmented
            label={messages.density}
            options={densities.map((value) => ({ value, label: shellMessages.densities[value] }))}
            value={density}
            onChange={setDensity}
          />
        </Setting>
        <Setting title={messages.summary} help={messages.summaryHelp}>
          <Checkbox label={messages.summaryOn} hideLabel checked={summary} onChange={setSummary} />
        </Setting>
        <Setting title={messages.keys} help={messages.keysHelp}>
          <Checkbox
            label={messages.keysOn}
            hideLabel
            checked={letters}
            onChange={(allowed) => {
              setLettersAllowed(allowed);
              setLetters(allowed);
            }}
          />
        </Setting>
      </div>
    </Page>
  );
}

function Setting({ title, help, children }: { title: string; help: string; children: ReactNode }) {
  return (
    <section className={styles.setting} aria-label={title}>
      <div>
        <h2 className={styles.title}>{title}</h2>
        <p className={styles.help}>{help}</p>
      </div>
      {children}
    </section>
  );
}
