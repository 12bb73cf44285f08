import { Link, useNavigate } from '@tanstack/react-router';
import { messageOf } from '../../data/client.ts';
import { type ModelBlueprint, titleOf } from '../../data/model.ts';
import { messages as shellMessages } from '../../shell/messages.ts';
import { densities, setDensity, useDensity } from '../../shell/theme.ts';
import { ButtonBody, buttonClass, IconButton } from '../../ui/button.tsx';
import { IconDots, IconDownload, IconLink, IconPlus, IconSchema } from '../../ui/icons.ts';
import { Menu, MenuChoice, MenuDivider, MenuItem } from '../../ui/menu.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { showToast } from '../../ui/toast.tsx';
import { BlueprintIcon } from '../blueprints/blueprint-icon.tsx';
import styles from './catalog-page.module.css';
import { messages } from './messages.ts';
import type { CatalogRows } from './use-catalog-rows.ts';
import type { View } from './use-view.ts';

export interface CatalogHeadProps {
  blueprint: ModelBlueprint;
  view: View;
  rows: CatalogRows;
  summary: boolean;
  onSummary: (shown: boolean) => void;
  mayRegister: boolean;
}

/** Name, size and purpose of the list, and what can be done with it as a whole. */
export function CatalogHead(props: CatalogHeadProps) {
  const { blueprint, rows, mayRegister } = props;
  const title = titleOf(blueprint);
  return (
    <PageHeader
      icon={<BlueprintIcon identifier={blueprint.identifier} icon={blueprint.icon} size={28} />}
      title={title}
      facts={<Total total={rows.total} all={blueprint.entityCount} />}
      description={blueprint.description}
      actions={
        <>
          <OptionsMenu {...props} />
          {mayRegister && (
            <Link
              to="/new/$blueprint"
              params={{ blueprint: blueprint.identifier }}
              className={buttonClass({ variant: 'primary' })}
            >
              <ButtonBody icon={<IconPlus size={16} />}>{messages.newEntity(title.toLowerCase())}</ButtonBody>
            </Link>
          )}
        </>
      }
    />
  );
}

function Total({ total, all }: { total: number | undefined; all: number }) {
  if (total === undefined) return null;
  return <span className={styles.total}>{total < all ? messages.totalOf(total, all) : messages.total(total)}</span>;
}

function OptionsMenu({ blueprint, view, rows, summary, onSummary }: CatalogHeadProps) {
  const navigate = useNavigate();
  const density = useDensity();
  const save = async (format: 'csv' | 'json') => {
    const { saveFile } = await import('./save-file.ts');
    showToast({ message: messages.exporting(rows.total ?? 0) });
    const columns = view.columns.map(({ id }) => id);
    await saveFile(rows.request, columns, format).then(
      (name) => showToast({ message: messages.exported(name) }),
      (error: unknown) => showToast({ tone: 'danger', message: messageOf(error) }),
    );
  };
  const copyLink = async () => {
    await navigator.clipboard.writeText(location.href);
    showToast({ message: messages.linkCopied });
  };
  return (
    <Menu
      align="end"
      width={256}
      trigger={
        <IconButton label={messages.options} variant="outlined">
          <IconDots size={16} />
        </IconButton>
      }
    >
      <MenuItem icon={<IconLink size={16} stroke={1.5} />} onSelect={() => void copyLink()}>
        {messages.copyLink}
      </MenuItem>
      <MenuDivider />
      <MenuItem icon={<IconDownload size={16} stroke={1.5} />} onSelect={() => void save('csv')}>
        {messages.exportCsv}
      </MenuItem>
      <MenuItem icon={<IconDownload size={16} stroke={1.5} />} onSelect={() => void save('json')}>
        {messages.exportJson}
      </MenuItem>
      <MenuDivider />
      <MenuChoice
        label={messages.density}
        options={densities.map((value) => ({ value, label: shellMessages.densities[value] }))}
        value={density}
        onChange={setDensity}
      />
      <MenuDivider />
      <MenuItem checked={summary} stay onSelect={() => onSummary(!summary)}>
        {messages.summary}
      </MenuItem>
      <MenuDivider />
      <MenuItem
        icon={<IconSchema size={16} stroke={1.5} />}
        onSelect={() => navigate({ to: '/build/model/{-$blueprint}', params: { blueprint: blueprint.identifier } })}
      >
        {messages.openModel}
      </MenuItem>
    </Menu>
  );
}
