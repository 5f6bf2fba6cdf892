/** A name in Chinese, Japanese or Korean letters without what stands beside it. */
import { EMPTY } from '../empty.ts';
import type { NameRecord } from '../types.ts';
import { readNote } from './east-asian-note.ts';
import { HAN, hangulName, hanName, withoutHonorific } from './han-name.ts';
import type { NameFields } from './name.ts';

/** What the fields say, each cleaned: in one field, or in two where a program cut that at its blank, there may be a note. */
export function eastAsianName(
  fields: Pick<NameFields, 'nicknames' | 'phoneticGiven' | 'phoneticFamily'>,
  family: string,
  given: string,
  formatted: string,
): Partial<NameRecord> {
  const isHalf = family === '' || given === '';
  const oneField = isHalf ? family || given || formatted : formatted === `${given} ${family}` ? formatted : undefined;
  const noted = oneField === undefined ? undefined : readNote(oneField);
  if (noted?.child) return { kin: readingsOf(noted.child) };
  if (noted?.name === '') return { nicknames: noted.called };
  const isCut = !isHalf && noted !== undefined && withoutHonorific(formatted) !== formatted;
  const isNoted = noted !== undefined && (noted.name !== formatted || isCut);
  const name = read(fields, ...(isNoted ? (['', '', noted.name] as const) : ([family, given, formatted] as const)));
  const called = noted?.called ?? EMPTY;
  return called.length > 0 ? { ...name, nicknames: (name.nicknames ?? EMPTY).concat(called) } : name;
}

function read(
  fields: Pick<NameFields, 'nicknames' | 'phoneticGiven' | 'phoneticFamily'>,
  ...parts: readonly [family: string, given: string, formatted: string]
): Partial<NameRecord> {
  const [family, given, formatted] = parts.map(withoutHonorific) as [string, string, string];
  return HAN.test(family + given + formatted)
    ? hanName(fields, family, given, formatted)
    : hangulName(family, given, formatted);
}

const NO_READING = { nicknames: EMPTY, phoneticGiven: '', phoneticFamily: '' };

/** How the name of a child is read, with its surname and without. */
function readingsOf(child: string): readonly string[] {
  const { given = EMPTY, family = EMPTY } = read(NO_READING, '', '', child);
  return [...new Set([family.join('') + given.join(''), ...given])].filter((word) => word !== '');
}
