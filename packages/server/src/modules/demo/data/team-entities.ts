import { links } from './company.ts';
import type { DemoEntity } from './demo.ts';
import type { People } from './people.ts';
import { teams } from './teams.ts';

/** The hierarchy as entities, each with its lead. */
export function teamEntities({ leads, members }: People): DemoEntity[] {
  return teams.map((each) => ({
    blueprint: '_team',
    identifier: each.id,
    title: each.title,
    properties: {
      description: each.mission.replaceAll('**', ''),
      size: members(each.id).length,
      kind: each.kind,
      mission: each.mission,
      chat: links.chat(each.id),
      office: each.office,
    },
    relations: { part_of: each.partOf ?? null, lead: leads.get(each.id) ?? null },
  }));
}
