/** The days of a card that come back every year: BDAY (RFC 6350 §6.2.5), ANNIVERSARY (§6.2.6) and what older programs write for it. */

import type { ContentLine } from '../contentline/content-line.ts';
import { parameter } from '../contentline/content-line.ts';
import { decodedValue, unescapeText } from '../contentline/value.ts';
import type { Card } from './card.ts';
import { OMITTED_YEAR } from './dates.ts';
import { DATE_PROPERTIES } from './index-data.ts';
import { labelsByGroup } from './labels.ts';

export type YearlyKind = 'birthday' | 'anniversary';

export interface YearlyDate {
  readonly kind: YearlyKind;
  /** Undefined: only day and month are known. */
  readonly year: number | undefined;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}

const FULL = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?$/;
const NO_YEAR = /^--(\d{2})-?(\d{2})(?:[T ].*)?$/;
const APPLE_ANNIVERSARY = /anniversary/i;

/** The first readable date of each kind. Days that no month has are left out. */
export function yearlyDatesOf(card: Card): YearlyDate[] {
  const found = new Map<YearlyKind, YearlyDate>();
  const labels = labelsByGroup(card);
  for (const line of card.lines) {
    const kind = DATE_PROPERTIES.has(line.name) ? kindOf(line, labels) : undefined;
    const date = kind && !found.has(kind) ? readDate(line, kind) : undefined;
    if (date) found.set(date.kind, date);
  }
  return [...found.values()];
}

function kindOf({ name, group }: ContentLine, labels: ReadonlyMap<string, string>): YearlyKind | undefined {
  if (name === 'BDAY') return 'birthday';
  const labelled = APPLE_ANNIVERSARY.test(labels.get(group.toLowerCase()) ?? '');
  return name !== 'X-ABDATE' || labelled ? 'anniversary' : undefined;
}

function readDate(line: ContentLine, kind: YearlyKind): YearlyDate | undefined {
  const text = unescapeText(decodedValue(line)).trim();
  const full = FULL.exec(text);
  const [year = '0', month, day] = full ? full.slice(1) : ['0', ...(NO_YEAR.exec(text) ?? []).slice(1)];
  if (month === undefined || day === undefined) return undefined;
  const omitted = year === OMITTED_YEAR || year === parameter(line, 'X-APPLE-OMIT-YEAR') || Number(year) === 0;
  const date = { kind, year: omitted ? undefined : Number(year), month: Number(month), day: Number(day) };
  return isDay(date) ? date : undefined;
}

/** Without a year the 29 February is one. */
function isDay({ year = 2000, month, day }: YearlyDate): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
