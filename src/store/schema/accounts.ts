/** Accounts: organisations, principals, and what lets them in. */
import type { Generated } from 'kysely';
import type { GeneratedJson, Timestamp } from './columns.ts';

export interface OrganisationTable {
  organisation_id: string;
  name: string;
  settings: GeneratedJson<Record<string, unknown>>;
  created_at: Timestamp;
  /** By what its calendar objects were placed in time. */
  time_version: Generated<number>;
}

export interface LoginTable {
  name: string;
  organisation_id: string;
  principal_id: string;
}

export interface FailedSignInTable {
  key: string;
  count: Generated<number>;
  until_at: Generated<Timestamp>;
  known: Generated<boolean>;
  last_at: Timestamp;
}

export type PrincipalKind = 'user' | 'group' | 'resource' | 'location';

export type Role = 'member' | 'administrator';

export interface PrincipalTable {
  organisation_id: string;
  principal_id: string;
  kind: PrincipalKind;
  name: string;
  display_name: string;
  emails: Generated<string[]>;
  role: Generated<Role>;
  password_hash: string | null;
  password_temporary: Generated<boolean>;
  language: string | null;
  time_zone: string | null;
  region: string | null;
  settings: GeneratedJson<Record<string, unknown>>;
  created_at: Timestamp;
  disabled_at: Timestamp | null;
  /** Sign-in asks for a code beside the password, and devices need app passwords. */
  second_factor: Generated<boolean>;
  /** Null: the setting's default. */
  quota_octets: number | null;
}

export interface GroupMemberTable {
  organisation_id: string;
  group_id: string;
  member_id: string;
}

export interface AppPasswordTable {
  organisation_id: string;
  app_password_id: string;
  principal_id: string;
  selector: string;
  name: string;
  hash: string;
  created_at: Timestamp;
  last_used_at: Timestamp | null;
  /** Address it was last used from. */
  last_used_from: string | null;
}

export interface SessionTable {
  organisation_id: string;
  session_id: string;
  principal_id: string;
  csrf_token: string;
  created_at: Timestamp;
  expires_at: Timestamp;
  /** User-Agent of the browser. */
  client: string | null;
  /** To a few minutes. */
  last_used_at: Timestamp | null;
  /** Address it was last used from. */
  address: string | null;
}

export interface SetUpLinkTable {
  organisation_id: string;
  token_hash: string;
  app_password_id: string;
  sealed: Buffer;
  expires_at: Timestamp;
}

export interface InvitationTable {
  organisation_id: string;
  invitation_id: string;
  token_hash: string;
  role: Role;
  email: string | null;
  inviter_id: string;
  created_at: Timestamp;
  expires_at: Timestamp;
  accepted_at: Timestamp | null;
  accepted_name: string | null;
}

export interface SecondFactorTable {
  organisation_id: string;
  principal_id: string;
  /** base32 in clear, or sealed, in base64url. */
  secret: string;
  /** Null: in clear. */
  key_id: string | null;
  last_step: Generated<number>;
  recovery_hashes: Generated<string[]>;
  created_at: Timestamp;
  confirmed_at: Timestamp | null;
}

export interface ExternalIdentityTable {
  organisation_id: string;
  issuer: string;
  subject: string;
  principal_id: string;
  created_at: Timestamp;
}

export interface AuditEntryTable {
  organisation_id: string;
  entry_id: string;
  happened_at: Timestamp;
  action: string;
  actor_id: string | null;
  actor_name: string;
  subject: Generated<string>;
  /** The principal it tells of. */
  subject_id: string | null;
  address: Generated<string>;
  details: GeneratedJson<Record<string, unknown>>;
}

export interface AccountTables {
  organisation: OrganisationTable;
  login: LoginTable;
  failed_sign_in: FailedSignInTable;
  principal: PrincipalTable;
  group_member: GroupMemberTable;
  app_password: AppPasswordTable;
  session: SessionTable;
  set_up_link: SetUpLinkTable;
  invitation: InvitationTable;
  second_factor: SecondFactorTable;
  external_identity: ExternalIdentityTable;
  audit_entry: AuditEntryTable;
}
