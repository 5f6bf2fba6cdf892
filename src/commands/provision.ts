/** Brings an organisation's accounts to what a plan says, changing only what differs: running it twice is running it once. */
import { AppError } from '../base/errors.ts';
import { findCollection } from '../store/collections.ts';
import { inTransaction } from '../store/database.ts';
import { listMembersOf, setGroupMembers } from '../store/group-members.ts';
import {
  findOrganisationByName,
  findPrincipalByName,
  firstOrganisation,
  type Principal,
  type PrincipalPatch,
} from '../store/principals.ts';
import { loginsOf } from '../store/users.ts';
import { createOrganisation, createPrincipal, loginName, type NewPrincipal, setPassword } from './accounts.ts';
import { changePrincipal } from './book-regions.ts';
import { createCollection } from './collections.ts';
import type { Context } from './context.ts';
import { checkedTimeZone } from './organisation.ts';
import { verifyPassword } from './password.ts';
import type { PlannedPrincipal, ProvisionPlan } from './provision-plan.ts';
import { addAlias, checkEmail, keepAnAdministrator, oneTimePassword } from './users.ts';

export interface ProvisionLine {
  readonly name: string;
  readonly kind: string;
  readonly outcome: 'created' | 'changed' | 'unchanged' | 'refused';
  /** Why, when refused. */
  readonly reason?: string;
  /** Where it stands in the file. */
  readonly line?: number;
  /** Absent when refused. */
  readonly principalId?: string;
  /** Of a user that was made without a password, when asked for. */
  readonly oneTimePassword?: string;
}

export interface ProvisionOptions {
  /** The organisation of whoever asks, whatever the plan says. */
  readonly within?: string;
  /** Give users that the plan has no password for a one-time one. */
  readonly oneTimePasswords?: boolean;
}

/**
 * Carries out a plan, principal by principal; one that is refused (name taken elsewhere, bad password, the last
 * administrator's role) is left as it was and does not stop the others.
 */
export async function provision(
  context: Context,
  plan: ProvisionPlan,
  options: ProvisionOptions = {},
): Promise<ProvisionLine[]> {
  const organisationId = options.within ?? (await organisationFor(context, plan.organisation));
  const report: ProvisionLine[] = [];
  for (const planned of plan.principals) {
    const { name, kind, line } = planned;
    const head = { name, kind, ...(line === undefined ? {} : { line }) };
    try {
      const wanted = options.oneTimePasswords ? withOneTimePassword(planned) : planned;
      report.push({ ...head, ...(await provisionOne(context, organisationId, wanted)) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      report.push({ ...head, outcome: 'refused', reason: error.message });
    }
  }
  return report;
}

async function organisationFor(context: Context, name: string | undefined): Promise<string> {
  const found =
    name === undefined ? await firstOrganisation(context.db) : await findOrganisationByName(context.db, name);
  return found?.organisation_id ?? createOrganisation(context, name ?? 'Home');
}

type Wanted = PlannedPrincipal & { readonly oneTimePassword?: string };

function withOneTimePassword(planned: PlannedPrincipal): Wanted {
  if (planned.kind !== 'user' || planned.password !== undefined) return planned;
  return { ...planned, oneTimePassword: oneTimePassword() };
}

/** One principal, all or nothing. */
async function provisionOne(
  context: Context,
  organisationId: string,
  asked: Wanted,
): Promise<Pick<ProvisionLine, 'outcome' | 'principalId' | 'oneTimePassword'>> {
  for (const email of asked.emails ?? []) checkEmail(email);
  const timeZone = checkedTimeZone(asked.timeZone ?? null) ?? undefined;
  const planned: Wanted = timeZone === undefined ? asked : { ...asked, timeZone };
  return inTransaction(context.db, async (tx) => {
    const inside = { ...context, db: tx };
    const known = await findPrincipalByName(tx, organisationId, loginName(planned.name));
    if (known && known.kind !== planned.kind) {
      throw new AppError('conflict', 'name-taken', `"${planned.name}" already is a ${known.kind}.`);
    }
    const principalId = known?.principal_id ?? (await createPrincipal(inside, newPrincipal(organisationId, planned)));
    let changed = known ? await updateKnown(inside, known, planned) : true;
    if (planned.members) changed = (await memberships(inside, organisationId, principalId, planned.members)) || changed;
    changed = (await addAliases(inside, organisationId, principalId, planned)) || changed;
    changed = (await addCollections(inside, organisationId, principalId, planned)) || changed;
    if (known) return { outcome: changed ? 'changed' : 'unchanged', principalId };
    const { oneTimePassword } = planned;
    return { outcome: 'created', principalId, ...(oneTimePassword === undefined ? {} : { oneTimePassword }) };
  });
}

function newPrincipal(organisationId: string, planned: Wanted): NewPrincipal {
  const { kind, name, displayName, emails, role, language, timeZone, region, oneTimePassword } = planned;
  const password = planned.password ?? oneTimePassword;
  return {
    organisationId,
    kind,
    name,
    ...(displayName === undefined ? {} : { displayName }),
    ...(emails === undefined ? {} : { emails }),
    ...(role === undefined ? {} : { role }),
    ...(language === undefined ? {} : { language }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(region === undefined ? {} : { region }),
    ...(password === undefined ? {} : { password, temporary: oneTimePassword !== undefined }),
  };
}

async function addAliases(
  context: Context,
  organisationId: string,
  principalId: string,
  planned: PlannedPrincipal,
): Promise<boolean> {
  if (!planned.aliases?.length) return false;
  if (planned.kind !== 'user') throw new AppError('invalid', 'no-aliases', `A ${planned.kind} has no login names.`);
  const known = (await loginsOf(context.db, organisationId, [principalId])).get(principalId) ?? [];
  const missing = planned.aliases.filter((alias) => !known.includes(loginName(alias)));
  for (const alias of missing) await addAlias(context, organisationId, principalId, alias);
  return missing.length > 0;
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
  if (known.role === 'administrator' && wanted.role === 'member') await keepAnAdministrator(context, known);
  if (differs) {
    await changePrincipal(context, { organisationId: known.organisation_id, principalId: known.principal_id }, wanted);
  }
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
): Promise<boolean> {
  const members: string[] = [];
  for (const name of names) {
    const member = await findPrincipalByName(context.db, organisationId, loginName(name));
    if (!member) throw new AppError('notFound', 'unknown-member', `The group names "${name}", who does not exist.`);
    members.push(member.principal_id);
  }
  const present = (await listMembersOf(context.db, organisationId, groupId)).map((member) => member.principal_id);
  if (new Set(members).size === present.length && present.every((id) => members.includes(id))) return false;
  await setGroupMembers(context.db, organisationId, groupId, members);
  return true;
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
