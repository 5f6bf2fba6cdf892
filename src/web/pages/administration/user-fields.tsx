/** Fields that several forms about users share. */
import { say } from '../../messages/say.ts';

type Role = 'member' | 'administrator';
const ROLES: readonly Role[] = ['member', 'administrator'];

export function RoleField(props: { id: string; role: Role; change: (role: Role) => void }) {
  return (
    <div class="field">
      <label for={props.id}>{say('users.role')}</label>
      <select
        id={props.id}
        class="input"
        value={props.role}
        onChange={(event) => props.change(event.currentTarget.value as Role)}
      >
        {ROLES.map((role) => (
          <option key={role} value={role}>
            {say(`users.${role}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

/** Several values, one a line. */
export function LinesField(props: {
  id: string;
  label: string;
  rows: number;
  value: string;
  change: (value: string) => void;
}) {
  return (
    <div class="field">
      <label for={props.id}>{props.label}</label>
      <textarea
        id={props.id}
        class="input"
        rows={props.rows}
        spellcheck={false}
        autocapitalize="none"
        value={props.value}
        onInput={(event) => props.change(event.currentTarget.value)}
      />
    </div>
  );
}

/** The values of such a field. */
export function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

const MEGABYTE = 1_000_000;

/** Octets as the megabytes that a form shows; the empty text for none. */
export const megabytesOf = (octets: number | null): string => (octets === null ? '' : String(octets / MEGABYTE));

/** Octets of the megabytes in a form; null for the empty text. */
export function octetsOf(megabytes: string): number | null {
  const number = Number(megabytes.trim().replace(',', '.'));
  return megabytes.trim() === '' || !Number.isFinite(number) ? null : Math.max(0, Math.round(number * MEGABYTE));
}
