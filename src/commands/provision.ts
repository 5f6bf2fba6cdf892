/** Brings an organisation's accounts to what a plan says, changing only what differs: running it twice is running it once. */
import { AppError } from '../base/errors.ts';
import { findCollection } from '../store/collections.ts';
import {
  findOrganisationByName,
  findPrincipalByName,
  firstOrganisation,
  type Principal,
  type PrincipalPatch,
  setGroupMembers,
  updatePrincipal,
} from '../store/principals.ts';
import { createOrganisation, createPrincipal, setPassword } from './accounts.ts';
import { createCollection } from './collections.ts';
import type { Context } from './context.ts';
import { verifyPassword } from './password.ts';
import type { PlannedPrincipal, ProvisionPlan } from './provision-plan.ts';
import { checkEmail } from './users.ts';

export interface ProvisionLine {
  readonly name: string;
  readonly kind: string;
  readonly outcome: 'created' | 'changed' | 'unchanged' | 'refused';
  /** Why, when refused. */
  readonly reason?: string;
}

/**
 * Carries out a plan, principal by principal; one that is refused (name taken elsewhere, bad password) does not stop the
 * others. `within` is the organisation of whoever asks, whatever the plan says.
 */
export async function provision(context: Context, plan: ProvisionPlan, within?: string): Promise<ProvisionLine[]> {
  const organisationId = within ?? (await organisationFor(context, plan.organisation));
  const report: ProvisionLine[] = [];
  for (const planned of plan.principals) {
    try {
      const outcome = await provisionOne(context, organisationId, planned);
      report.push({ name: planned.name, kind: planned.kind, outcome });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      report.push({ name: planned.name, kind: planned.kind, outcome: 'refused', reason: error.message });
    }
  }
  return report;
}

async function organisationFor(context: Context, name: string | undefined): Promise<string> {
  const found =
    name === undefined ? await firstOrganisation(context.db) : await findOrganisationByName(context.db, name);
  return found?.organisation_id ?? createOrganisation(context, name ?? 'Home');
}

async function provisionOne(
  context: Context,
  organisationId: string,
  planned: PlannedPrincipal,
): Promise<'created' | 'changed' | 'unchanged'> {
  for (const email of planned.emails ?? []) checkEmail(email);
  const known = await findPrincipalByName(context.db, organisationId, planned.name);
  if (known && known.kind !== planned.kind) {
    throw new AppError('conflict', 'name-taken', `"${planned.name}" already is a ${known.kind}.`);
  }
  const principalId = known?.principal_id ?? (await createPrincipal(context, newPrincipal(organisationId, planned)));
  let changed = false;
  if (known) changed = await updateKnown(context, known, planned);
  if (planned.members) await memberships(context, organisationId, principalId, planned.members);
  changed = (await addCollections(context, organisationId, principalId, planned)) || changed;
  return known ? (changed ? 'changed' : 'unchanged') : 'created';
}

function newPrincipal(
  organisationId: string,
  { members: _, addressbooks: _a, calendars: _c, ...rest }: PlannedPrincipal,
) {
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...(given as Omit<PlannedPrincipal, 'members' | 'addressbooks' | 'calendars'>),
    organisationId,
  } as Parameters<typeof createPrincipal>[1];
}

async function updateKnown(context: Context, known: Principal, planned: PlannedPrincipal): Promise<boolean> {
  const wanted: PrincipalPatch = {
    display_name: planned.displayName ?? known.display_name,
    emails: planned.emails ?? known.emails,
    role: planned.role ?? known.role,
    language: planned.language ?? known.language,
    time_zone: planned.timeZone ?? known.time_zone,
    region: planned.region ?? known.region,
  };
  const differs = (Object.keys(wanted) as (keyof PrincipalPatch)[]).some(
    (key) => JSON.stringify(wanted[key]) !== JSON.stringify(known[key]),
  );
  if (differs) await updatePrincipal(context.db, known.organisation_id, known.principal_id, wanted);
  if (planned.password === undefined) return differs;
  if (known.password_hash && (await verifyPassword(planned.password, known.password_hash))) return differs;
  await setPassword(
    context,
    { organisationId: known.organisation_id, principalId: known.principal_id },
    planned.password,
  );
  return true;
}

async function memberships(
  context: Context,
  organisationId: string,
  groupId: string,
  names: readonly string[],
): Promise<void> {
  const members: string[] = [];
  for (const name of names) {
    const member = await findPrincipalByName(context.db, organisationId, name);
    if (!member) throw new AppError('notFound', 'unknown-member', `The group names "${name}", who does not exist.`);
    members.push(member.principal_id);
  }
  await setGroupMembers(context.db, organisationId, groupId, members);
}

async function addCollections(
  context: Context,
  organisationId: string,
  ownerId: string,
  planned: PlannedPrincipal,
): Promise<boolean> {
  const wanted = [
    ...(planned.addressbooks ?? []).map((each) => ({ kind: 'addressbook' as const, ...each })),
    ...(planned.calendars ?? []).map((each) => ({ kind: 'calendar' as const, ...each })),
  ];
  let changed = false;
  for (const { kind, name, displayName } of wanted) {
    if (await findCollection(context.db, organisationId, ownerId, kind, name)) continue;
    await createCollection(context, {
      organisationId,
      ownerId,
      kind,
      name,
      properties: { display_name: displayName ?? name },
    });
    changed = true;
  }
  return changed;
}
