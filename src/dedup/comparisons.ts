/** The table of all comparisons, in the order in which evidence is told when weights are equal. */
import type { Comparison } from './comparison.ts';
import { email, emails, mailname, phone, phones } from './comparisons/contact.ts';
import { both, clash, family, given, middle, namesakes, suffix } from './comparisons/name.ts';
import { birthday, gender, kind, photo, url } from './comparisons/person.ts';
import { address, alone, extra, organization, title } from './comparisons/place.ts';

export const COMPARISONS: readonly Comparison[] = [
  phone,
  phones,
  email,
  emails,
  mailname,
  given,
  family,
  both,
  namesakes,
  middle,
  suffix,
  clash,
  birthday,
  gender,
  kind,
  photo,
  url,
  address,
  extra,
  organization,
  title,
  alone,
];

/** Where the levels of each comparison begin in one flat list of weights. */
export const OFFSETS: readonly number[] = COMPARISONS.reduce<number[]>((offsets, _, index) => {
  offsets.push(index === 0 ? 0 : offsets[index - 1]! + COMPARISONS[index - 1]!.levels.length);
  return offsets;
}, []);

/** `comparison.level` for every place of the flat list. */
export const LEVEL_NAMES: readonly string[] = COMPARISONS.flatMap(({ name, levels }) =>
  levels.map((level) => `${name}.${level}`),
);
