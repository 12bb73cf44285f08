import * as contract from '@gantry/contract';
import { Refusal } from '@gantry/core';
import { answer, type ServedRoute, serve } from '../../http/serve.ts';
import { deleteEntities, originOfCall } from '../entities/index.ts';
import { teamNamed } from './find-people.ts';
import type { PeopleKit } from './kit.ts';
import { presentTeam, presentWrittenTeam } from './present.ts';
import { changeTeam, createTeam, emptyTeam } from './save-team.ts';
import { findTeamRow, listTeamRows } from './team-store.ts';
import { contextOf } from './user-routes.ts';

export function teamRoutes({ entities }: PeopleKit): ServedRoute[] {
  const { db } = entities;
  const read = async (identifier: string) => {
    const row = await findTeamRow(db, identifier);
    if (!row) throw new Refusal('not_found', `There is no team \`${identifier}\`.`);
    return row;
  };
  return [
    serve(contract.listTeams, async () => answer({ teams: (await listTeamRows(db)).map(presentTeam) })),
    serve(contract.getTeam, async ({ params }) => {
      return answer({ team: presentTeam(await read(await teamNamed(db, params.team))) });
    }),
    serve(contract.createTeam, async (call) => {
      const { name, description, users } = call.body;
      const identifier = await createTeam(entities, { name, description, users: users ?? [] }, contextOf(call));
      return answer({ team: presentWrittenTeam(await read(identifier)) });
    }),
    serve(contract.putTeam, async (call) => {
      const { name, description = null, users } = call.body;
      const change = { name, description, users: users ?? [] };
      const identifier = await changeTeam(entities, call.params.team, change, contextOf(call));
      return answer({ team: presentWrittenTeam(await read(identifier)) });
    }),
    serve(contract.patchTeam, async (call) => {
      const identifier = await changeTeam(entities, call.params.team, call.body, contextOf(call));
      return answer({ team: presentWrittenTeam(await read(identifier)) });
    }),
    serve(contract.deleteTeam, async (call) => {
      const identifier = await teamNamed(db, call.params.team);
      await emptyTeam(entities, identifier, contextOf(call));
      const { actor } = call;
      await deleteEntities(entities, [{ blueprint: '_team', identifier }], {
        ...{ actor, origin: originOfCall(call), dependents: false, references: 'clear' },
      });
      return answer({});
    }),
  ];
}
