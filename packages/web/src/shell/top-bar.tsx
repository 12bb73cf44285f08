import { Link, useNavigate } from '@tanstack/react-router';
import { titleOf, useModel } from '../data/model.ts';
import { useMay, useSession, useSignOut } from '../data/session.ts';
import { BlueprintIcon } from '../features/blueprints/blueprint-icon.tsx';
import { modelPlace } from '../features/blueprints/places.ts';
import { Button, IconButton } from '../ui/button.tsx';
import {
  IconClipboardList,
  IconDatabaseImport,
  IconHelp,
  IconKey,
  IconLogout,
  IconMenu2,
  IconPlus,
  IconSchema,
  IconSearch,
  IconSettings,
  IconTrash,
} from '../ui/icons.ts';
import { Kbd } from '../ui/kbd.tsx';
import { Menu, MenuChoice, MenuDivider, MenuItem, MenuLabel } from '../ui/menu.tsx';
import { Logo } from './logo.tsx';
import { messages } from './messages.ts';
import { openOverlay } from './overlay-state.ts';
import { setTheme, themes, useTheme } from './theme.ts';
import styles from './top-bar.module.css';

/** 48 pixels: mark and places on the left, search in the middle, create, help and account on the right. */
export function TopBar({ onOpenDrawer }: { onOpenDrawer: () => void }) {
  const { organization } = useSession();
  return (
    <header className={styles.bar}>
      <IconButton label={messages.openNavigation} className={styles.burger} onClick={onOpenDrawer}>
        <IconMenu2 size={20} stroke={1.5} />
      </IconButton>
      <Link to="/" className={styles.mark}>
        <Logo />
        <span className={styles.organization}>{organization.name}</span>
      </Link>
      <nav className={styles.places} aria-label={messages.mainNavigation}>
        <Link to="/" className={styles.place} activeOptions={{ exact: true }}>
          {messages.home}
        </Link>
        <Link to="/catalog" className={styles.place}>
          {messages.catalog}
        </Link>
        <Link {...modelPlace()} className={styles.place}>
          {messages.model}
        </Link>
        <Link to="/build/sources" className={styles.place}>
          {messages.sources}
        </Link>
      </nav>
      <button type="button" className={styles.search} id="search-trigger" onClick={() => openOverlay('palette')}>
        <IconSearch size={16} stroke={1.5} aria-hidden="true" />
        <span className={styles.searchText}>{messages.searchOrRun}</span>
        <span aria-hidden="true">
          <Kbd keys="mod+k" />
        </span>
      </button>
      <div className={styles.right}>
        <CreateMenu />
        <IconButton label={messages.help} className={styles.wideOnly} onClick={() => openOverlay('shortcuts')}>
          <IconHelp size={20} stroke={1.5} />
        </IconButton>
        <AccountMenu />
      </div>
    </header>
  );
}

function CreateMenu() {
  const may = useMay();
  const navigate = useNavigate();
  const blueprints = useModel().data?.filter((blueprint) => !blueprint.system) ?? [];
  if (!may('entity:write') && !may('blueprint:write') && !may('source:write')) return null;
  return (
    <Menu
      align="end"
      width={240}
      trigger={
        <Button icon={<IconPlus size={16} />} className={styles.create}>
          {messages.create}
        </Button>
      }
    >
      {may('entity:write') && blueprints.length > 0 && (
        <>
          <MenuLabel>{messages.newEntity}</MenuLabel>
          {blueprints.map((blueprint) => (
            <MenuItem
              key={blueprint.identifier}
              icon={<BlueprintIcon identifier={blueprint.identifier} icon={blueprint.icon} />}
              onSelect={() => navigate({ to: '/new/$blueprint', params: { blueprint: blueprint.identifier } })}
            >
              {titleOf(blueprint)}
            </MenuItem>
          ))}
          <MenuDivider />
        </>
      )}
      {may('blueprint:write') && (
        <MenuItem icon={<IconSchema size={16} />} onSelect={() => navigate({ ...modelPlace(), search: { new: true } })}>
          {messages.newBlueprint}
        </MenuItem>
      )}
      {may('source:write') && (
        <MenuItem icon={<IconDatabaseImport size={16} />} onSelect={() => navigate({ to: '/build/sources' })}>
          {messages.registerSource}
        </MenuItem>
      )}
    </Menu>
  );
}

function AccountMenu() {
  const { actor } = useSession();
  const may = useMay();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const theme = useTheme();
  if (!actor) return null;
  return (
    <Menu
      align="end"
      width={264}
      trigger={
        <button type="button" className={styles.avatar} aria-label={messages.account(actor.label)}>
          {actor.label.slice(0, 1).toUpperCase()}
        </button>
      }
    >
      <MenuLabel>{actor.label}</MenuLabel>
      <MenuDivider />
      <MenuChoice
        label={messages.theme}
        options={themes.map((value) => ({ value, label: messages.themes[value] }))}
        value={theme}
        onChange={setTheme}
      />
      <MenuDivider />
      <MenuItem icon={<IconSettings size={16} />} onSelect={() => navigate({ to: '/settings/preferences' })}>
        {messages.preferences}
      </MenuItem>
      {may('user:write') && (
        <MenuItem icon={<IconKey size={16} />} onSelect={() => navigate({ to: '/settings/sign-in' })}>
          {messages.signInSettings}
        </MenuItem>
      )}
      <MenuItem icon={<IconTrash size={16} />} onSelect={() => navigate({ to: '/settings/trash' })}>
        {messages.trash}
      </MenuItem>
      {may('secret:write') && (
        <MenuItem icon={<IconKey size={16} />} onSelect={() => navigate({ to: '/settings/secrets' })}>
          {messages.secrets}
        </MenuItem>
      )}
      {may('audit:read') && (
        <MenuItem icon={<IconClipboardList size={16} />} onSelect={() => navigate({ to: '/audit' })}>
          {messages.audit}
        </MenuItem>
      )}
      <MenuDivider />
      <MenuItem icon={<IconLogout size={16} />} onSelect={() => signOut.mutate()}>
        {messages.signOut}
      </MenuItem>
    </Menu>
  );
}
