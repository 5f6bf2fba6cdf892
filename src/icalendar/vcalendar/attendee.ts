/** ATTENDEE of vCalendar 1.0 (`ATTENDEE;ROLE=ORGANIZER;STATUS=ACCEPTED:Ann <ann@example.org>`) as RFC 5545 §3.8.4.1 has it. */
import { type ContentLine, type Parameter, parameter } from '../../contentline/content-line.ts';
import { decodedValue } from '../../contentline/value.ts';
import type { LineContent } from '../../contentline/write.ts';

const PARTSTATS: Readonly<Record<string, string>> = {
  'NEEDS ACTION': 'NEEDS-ACTION',
  'NEEDS-ACTION': 'NEEDS-ACTION',
  SENT: 'NEEDS-ACTION',
  ACCEPTED: 'ACCEPTED',
  CONFIRMED: 'ACCEPTED',
  DECLINED: 'DECLINED',
  TENTATIVE: 'TENTATIVE',
  DELEGATED: 'DELEGATED',
};
const ROLES: Readonly<Record<string, string>> = {
  FYI: 'NON-PARTICIPANT',
  REQUIRE: 'REQ-PARTICIPANT',
  REQUEST: 'OPT-PARTICIPANT',
};
const ADDRESS = /^(?:mailto:)?([^\s@<>,;:"]+@[^\s@<>,;:"]+)$/i;

/** ORGANIZER or ATTENDEE with a mail address; undefined when the line has none. */
export function upgradeAttendee(line: ContentLine): LineContent[] | undefined {
  const value = decodedValue(line).trim();
  // the name may be long and its spaces many: quotes come off behind a pattern that tries no place twice
  const [, said = '', inner = value] = /^([^<]*)<([^<>]+)>$/.exec(value) ?? [];
  const name = said.trimEnd().replace(/^"/, '').replace(/"$/, '');
  const address = ADDRESS.exec(inner.trim())?.[1];
  if (address === undefined) return undefined;
  const stated = (param: string) => parameter(line, param)?.toUpperCase() ?? '';
  const params: Parameter[] = name === '' ? [] : [{ name: 'CN', values: [name] }];
  const organises = stated('ROLE') === 'ORGANIZER' || stated('ROLE') === 'OWNER';
  if (!organises) {
    const partstat = PARTSTATS[stated('STATUS')];
    const role = ROLES[stated('EXPECT')];
    if (role) params.push({ name: 'ROLE', values: [role] });
    if (partstat) params.push({ name: 'PARTSTAT', values: [partstat] });
    if (stated('RSVP') === 'YES') params.push({ name: 'RSVP', values: ['TRUE'] });
  }
  return [{ group: '', name: organises ? 'ORGANIZER' : 'ATTENDEE', params, value: `mailto:${address}` }];
}
