/** The table of all comparisons, in the order in which evidence is told when weights are equal. */
import type { Comparison } from './comparison.ts';
import { email, emails, mailname, phone, phones } from './comparisons/contact.ts';
import { middle } from './comparisons/middle.ts';
import { both, called, clash, completed, family, given, namesakes, suffix } from './comparisons/name.ts';
import { birth, birthday, gender, kind, photo, url } from './comparisons/person.ts';
import { address, alone, coincidence, employment, extra, organization, residence, title } from './comparisons/place.ts';
import { FIELD } from './profile.ts';

export const COMPARISONS: readonly Comparison[] = [
  phone,
  phones,
  email,
  emails,
  mailname,
  called,
  given,
  family,
  both,
  namesakes,
  completed,
  middle,
  suffix,
  clash,
  kind,
  alone,
  coincidence,
  birthday,
  birth,
  gender,
  photo,
  url,
  address,
  extra,
  residence,
  organization,
  employment,
  title,
];

/** Comparisons that are neutral unless both cards fill a field, and the bit of that field in `Profile.fields`. */
const NEEDED_FIELD = new Map<Comparison, number>([
  [birthday, FIELD.birthday],
  [birth, FIELD.birthday],
  [gender, FIELD.gender],
  [photo, FIELD.photo],
  [url, FIELD.url],
  [address, FIELD.address],
  [extra, FIELD.address],
  [residence, FIELD.address],
  [organization, FIELD.organization],
  [employment, FIELD.organization],
  [title, FIELD.title],
]);

/** Bits of the field each comparison needs, 0 for none; comparisons with a need stand behind all others. */
export const FIELD_BITS: readonly number[] = COMPARISONS.map((comparison) => NEEDED_FIELD.get(comparison) ?? 0);
/** Place of the first comparison that needs a field. */
export const FIRST_WITH_FIELD = FIELD_BITS.findIndex((bits) => bits !== 0);

/** Where the levels of each comparison begin in one flat list of weights. */
export const OFFSETS: readonly number[] = COMPARISONS.reduce<number[]>((offsets, _, index) => {
  offsets.push(index === 0 ? 0 : offsets[index - 1]! + COMPARISONS[index - 1]!.levels.length);
  return offsets;
}, []);

/** `comparison.level` for every place of the flat list. */
export const LEVEL_NAMES: readonly string[] = COMPARISONS.flatMap(({ name, levels }) =>
  levels.map((level) => `${name}.${level}`),
);
