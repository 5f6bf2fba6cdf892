/** The organisation, its groups, things and rooms. */
import { z } from 'zod';
import { changeBooked, createBooked, deleteBooked, requireBooked } from '../../commands/booked-principals.ts';
import { changeOrganisation, newUserDefaults, requireOrganisation } from '../../commands/organisation.ts';
import { membersOf, pageOfPrincipals } from '../../store/booked-principals.ts';
import { organisationNumbers } from '../../store/organisations.ts';
import type { Principal } from '../../store/principals.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import type { OrganisationView, PrincipalKindName, PrincipalView } from '../contract/organisation.ts';
import { cutPage, readCursor } from '../cursor.ts';

const MEMBERS_SHOWN = 1000;

async function organisationView(api: ApiContext, { organisationId }: Caller): Promise<OrganisationView> {
  const [organisation, numbers] = await Promise.all([
    requireOrganisation(api, organisationId),
    organisationNumbers(api.db, organisationId),
  ]);
  return {
    id: organisation.organisation_id,
    name: organisation.name,
    createdAt: organisation.created_at.toISOString(),
    newUsers: newUserDefaults(organisation),
    numbers,
  };
}

async function principalViews(
  api: ApiContext,
  organisationId: string,
  rows: readonly Principal[],
): Promise<PrincipalView[]> {
  const groups = rows.filter((row) => row.kind === 'group').map((row) => row.principal_id);
  const members = await membersOf(api.db, organisationId, groups, MEMBERS_SHOWN);
  const nobody = { names: [], count: 0 };
  return rows.map((row) => {
    const own = row.kind === 'group' ? (members.get(row.principal_id) ?? nobody) : undefined;
    return {
      id: row.principal_id,
      kind: row.kind as PrincipalKindName,
      name: row.name,
      displayName: row.display_name,
      members: own?.names ?? null,
      memberCount: own?.count ?? null,
      createdAt: row.created_at.toISOString(),
    };
  });
}

async function shown(api: ApiContext, { organisationId }: Caller, id: string): Promise<PrincipalView> {
  const row = await requireBooked(api, organisationId, id);
  return (await principalViews(api, organisationId, [row]))[0]!;
}

type OrganisationOperations =
  | 'showOrganisation'
  | 'changeOrganisation'
  | 'listPrincipals'
  | 'createPrincipal'
  | 'changePrincipal'
  | 'deletePrincipal';

export const organisationHandlers: Handlers<OrganisationOperations> = {
  showOrganisation: ({ api, caller }) => organisationView(api, caller),

  changeOrganisation: async ({ api, caller, body }) => {
    await changeOrganisation(api, caller.organisationId, body);
    return organisationView(api, caller);
  },

  listPrincipals: async ({ api, caller, query }) => {
    const after = readCursor(query.cursor, z.string());
    const filter = { kind: query.kind, after };
    const rows = await pageOfPrincipals(api.db, caller.organisationId, filter, query.limit + 1);
    const { page, nextCursor } = cutPage(rows, query.limit, (last) => last.name);
    return { items: await principalViews(api, caller.organisationId, page), nextCursor };
  },

  createPrincipal: async ({ api, caller, body }) =>
    shown(api, caller, await createBooked(api, caller.organisationId, body)),

  changePrincipal: async ({ api, caller, parameters, body }) => {
    await changeBooked(api, caller.organisationId, parameters.id, body);
    return shown(api, caller, parameters.id);
  },

  deletePrincipal: async ({ api, caller, parameters, query }) => {
    await deleteBooked(api, caller.organisationId, parameters.id, query.confirm);
    return { done: true };
  },
};
