import { links } from './company.ts';
import type { DemoEntity } from './demo.ts';
import type { People } from './people.ts';
import { teams } from './teams.ts';

/** The hierarchy as entities, each with its lead. */
export function teamEntities({ leads }: People): DemoEntity[] {
  return teams.map((each) => ({
    blueprint: '_team',
    identifier: each.id,
    title: each.title,
    properties: {
      description: each.mission.replaceAll('**', ''),
      kind: each.kind,
      mission: each.mission,
      chat: links.chat(each.id),
      office: each.office,
    },
    relations: { parent: each.partOf ?? null, lead: leads.get(each.id) ?? null },
  }));
}
