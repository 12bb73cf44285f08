import type { DemoExtension } from '../demo.ts';
import { many, markdown, moment, one } from './shared.ts';

/** `_team` and `_user` exist in every organization; the story adds what it tells about people. */
export const peopleExtensions: readonly DemoExtension[] = [
  {
    identifier: '_team',
    properties: {
      kind: {
        type: 'string',
        title: 'Kind',
        enum: ['Department', 'Group', 'Team'],
        enumColors: { Department: 'purple', Group: 'blue', Team: 'turquoise' },
      },
      mission: markdown('Mission'),
      chat: { type: 'string', title: 'Chat', format: 'url' },
      office: { type: 'string', title: 'Office' },
    },
    relations: { lead: one('_user', 'Lead') },
  },
  {
    identifier: '_user',
    properties: {
      job_title: { type: 'string', title: 'Job title' },
      office: { type: 'string', title: 'Office' },
      time_zone: { type: 'string', title: 'Time zone' },
      joined_at: moment('Joined'),
      skills: { type: 'array', title: 'Skills', items: { type: 'string' } },
    },
    relations: { teams: many('_team', 'Teams'), manager: one('_user', 'Manager') },
  },
];
