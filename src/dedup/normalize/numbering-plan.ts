/** Numbering plans of the countries, read from the metadata of libphonenumber. */
import type { CountryCode } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';

/** Numbers of one kind: which are valid, and how many digits they may have. */
export interface NumberKind {
  readonly pattern: RegExp;
  readonly lengths: readonly number[];
}

export interface NumberingPlan {
  readonly callingCode: string;
  /** What is dialled before a national number, or empty. */
  readonly trunk: string;
  /** The leading zero belongs to the number, also after the calling code. */
  readonly trunkKept: boolean;
  readonly valid: RegExp;
  readonly mobile: NumberKind | undefined;
  readonly fixed: NumberKind | undefined;
  readonly lengths: readonly number[];
}

/** Countries whose leading zero belongs to the number also after the calling code. */
export const KEEPS_ZERO: ReadonlySet<string> = new Set(['39', '378', '379', '225', '241', '242', '228', '229']);

const callingCodes: Readonly<Record<string, readonly string[]>> = metadata.country_calling_codes;
const plans = new Map<string, NumberingPlan | undefined>();

/** The plan of a country (ISO 3166 code), or undefined where there is none. */
export function planOf(region: string): NumberingPlan | undefined {
  if (plans.has(region)) return plans.get(region);
  const plan = region in metadata.countries ? readPlan(region as CountryCode) : undefined;
  plans.set(region, plan);
  return plan;
}

/** The main country of a calling code, or undefined. */
export const regionOfCallingCode = (callingCode: string): string | undefined => callingCodes[callingCode]?.[0];

/** Columns of the package's metadata (version 4) that are read. */
export const COLUMNS = { callingCode: 0, pattern: 2, lengths: 3, trunk: 5, types: 11 } as const;
/** The first of the types of numbers: fixed, mobile. */
export const TYPES_READ = 2;

function readPlan(region: CountryCode): NumberingPlan | undefined {
  const row: readonly unknown[] = metadata.countries[region] ?? [];
  const types = row[COLUMNS.types];
  const [fixed, mobile] = Array.isArray(types) ? types : [];
  const lengths = numbersOf(row[COLUMNS.lengths]);
  const trunk = row[COLUMNS.trunk];
  const kind = (type: unknown): NumberKind | undefined => {
    if (!Array.isArray(type) || typeof type[0] !== 'string' || type[0] === '') return undefined;
    const own = numbersOf(type[1]);
    return { pattern: whole(type[0]), lengths: own.length > 0 ? own : lengths };
  };
  const callingCode = String(row[COLUMNS.callingCode]);
  return {
    callingCode,
    trunk: typeof trunk === 'string' ? trunk : '',
    trunkKept: KEEPS_ZERO.has(callingCode),
    valid: whole(String(row[COLUMNS.pattern])),
    fixed: kind(fixed),
    mobile: kind(mobile),
    lengths,
  };
}

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);
const numbersOf = (list: unknown): number[] => (Array.isArray(list) ? list.map(Number) : []);
