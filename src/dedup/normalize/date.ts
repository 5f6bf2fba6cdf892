/** BDAY in all the ways it is written: RFC 6350 §4.3 and §6.2.5, RFC 2426 §3.1.5, Apple's year 1604, local dates. */
import type { BirthdayRecord } from '../types.ts';

const FULL = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?$/;
const NO_YEAR = /^--(\d{2})-?(\d{2})/;
const DAY_FIRST = /^(\d{1,2})[.](\d{1,2})[.](\d{4})$/;
const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/;
const YEAR_SLASHED = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/;
/** Apple writes 1604 for "no year". */
const NO_YEAR_APPLE = 1604;

/**
 * Reads a birthday; null when nothing of use is written. Impossible days (`1856-23-30`) are kept as they are: typed
 * wrong the same way twice they still say something. `yearless`: the line carries `X-APPLE-OMIT-YEAR`.
 */
export function normalizeBirthday(text: string, yearless = false): BirthdayRecord | null {
  const value = text.trim();
  const full = FULL.exec(value) ?? YEAR_SLASHED.exec(value);
  if (full) {
    const year = Number(full[1]);
    return dated(yearless || year === NO_YEAR_APPLE ? 0 : year, Number(full[2]), Number(full[3]));
  }
  const short = NO_YEAR.exec(value);
  if (short) return dated(0, Number(short[1]), Number(short[2]));
  const local = DAY_FIRST.exec(value);
  if (local) return dated(Number(local[3]), Number(local[2]), Number(local[1]));
  const slashed = SLASHED.exec(value);
  if (!slashed) return null;
  const [first, second, year] = [Number(slashed[1]), Number(slashed[2]), Number(slashed[3])];
  return first > 12 ? dated(year, second, first) : dated(year, first, second);
}

/** Nothing, and the zero dates that programs write for nothing. */
function dated(year: number, month: number, day: number): BirthdayRecord | null {
  return month === 0 && day === 0 ? null : { year, month, day };
}
