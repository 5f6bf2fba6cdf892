/** Dates as tables write them, in the order that the table's own rows tell: a guess would give somebody a wrong birthday. */

export type DayOrder = 'day-month' | 'month-day';

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$/;
const NO_YEAR = /^--?-?(\d{1,2})-(\d{1,2})$/;
const SLASHED = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?: .*)?$/;
/** Outlook's way of saying that there is none. */
const NOTHING = /^0[./-]0[./-]0+$/;

/** The order of day and month that a date shows. Points stand between them in countries that write the day first. */
export function dayOrderOf(text: string): DayOrder | undefined {
  const [, first, sign, second] = SLASHED.exec(text.trim()) ?? [];
  if (sign === '.' || Number(first) > 12) return 'day-month';
  return Number(second) > 12 ? 'month-day' : undefined;
}

/** The date as 3.0 writes it (`1985-04-12`, `--04-12`), `none` for an empty one, undefined for what cannot be read. */
export function dateIn(text: string, order: DayOrder | undefined): string | undefined {
  const value = text.trim();
  if (NOTHING.test(value)) return 'none';
  const [, year, month, day] = ISO.exec(value) ?? [];
  if (year !== undefined) return dateOf(year, month!, day!);
  const [, monthOnly, dayOnly] = NO_YEAR.exec(value) ?? [];
  if (monthOnly !== undefined) return dateOf('', monthOnly, dayOnly!);
  const [, first, , second, last] = SLASHED.exec(value) ?? [];
  if (last === undefined || order === undefined) return undefined;
  return order === 'day-month' ? dateOf(last, second!, first!) : dateOf(last, first!, second!);
}

function dateOf(year: string, month: string, day: string): string | undefined {
  const [m, d] = [Number(month), Number(day)];
  if (m < 1 || m > 12 || d < 1 || d > 31) return undefined;
  return `${year || '-'}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`;
}
