import type { ClaimMapping } from '@gantry/core';
import { TextField } from '../../ui/fields.tsx';
import { TagsField } from '../../ui/select.tsx';
import { Checkbox } from '../../ui/toggles.tsx';
import { messages } from './messages.ts';

export interface MappingFieldsProps {
  mapping: ClaimMapping;
  onChange: (mapping: ClaimMapping) => void;
}

type KeysOf<T> = { [Key in keyof ClaimMapping]: ClaimMapping[Key] extends T ? Key : never }[keyof ClaimMapping];

/** The mapping as a form, from who somebody is to what they may. */
export function MappingFields({ mapping, onChange }: MappingFieldsProps) {
  const text = (key: KeysOf<string>, description?: string, code = true) => (
    <TextField
      label={messages[key]}
      description={description}
      code={code}
      required={key !== 'contact'}
      value={mapping[key]}
      onChange={(value) => onChange({ ...mapping, [key]: value })}
    />
  );
  const list = (key: KeysOf<string[]>, description: string) => (
    <TagsField
      label={messages[key]}
      description={description}
      value={mapping[key]}
      onChange={(value) => onChange({ ...mapping, [key]: value })}
    />
  );
  const flag = (key: KeysOf<boolean>) => (
    <Checkbox
      label={messages[key]}
      checked={mapping[key]}
      onChange={(value) => onChange({ ...mapping, [key]: value })}
    />
  );
  return (
    <>
      {text('email', messages.emailHelp)}
      {text('name')}
      {text('groups', messages.groupsHelp)}
      {list('scopes', messages.scopesHelp)}
      {list('requiredGroups', messages.requiredGroupsHelp)}
      {list('adminGroups', messages.adminGroupsHelp)}
      <TextField
        label={messages.teams}
        description={messages.teamsHelp}
        code
        value={mapping.teams ?? ''}
        onChange={(value) => onChange({ ...mapping, teams: value === '' ? null : value })}
      />
      {list('emailDomains', messages.emailDomainsHelp)}
      {flag('acceptUnverifiedEmail')}
      {flag('createPeople')}
      {text('contact', messages.contactHelp, false)}
    </>
  );
}
