/** Values of iCalendar in their JSON forms and back, by value type (RFC 7265 §3.6). */
import { escapeText, splitValue, unescapeText } from '../contentline/value.ts';

export type JcalValue =
  | string
  | number
  | boolean
  | readonly JcalValue[]
  | { readonly [part: string]: string | number | readonly (string | number)[] };

/** Both directions for one value. What does not have the form of its type goes through as it is. */
export interface ValueForm {
  toJson(text: string): JcalValue;
  toText(value: JcalValue): string;
}

const asIs: ValueForm = { toJson: (text) => text, toText: (value) => String(value) };

const text: ValueForm = { toJson: unescapeText, toText: (value) => escapeText(String(value)) };

const number: ValueForm = {
  toJson: (written) => (/^\s*[+-]?\d+(\.\d+)?\s*$/.test(written) ? Number(written) : written),
  toText: (value) => String(value),
};

const boolean: ValueForm = {
  toJson: (written) => (/^(true|false)$/i.test(written) ? written.toLowerCase() === 'true' : written),
  toText: (value) => (typeof value === 'boolean' ? String(value).toUpperCase() : String(value)),
};

const STAMP = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/i;

/** `20260105T090000Z` as `2026-01-05T09:00:00Z`. */
const dateTime: ValueForm = {
  toJson: (written) => {
    const found = STAMP.exec(written.trim());
    if (!found) return written;
    const [, year, month, day, hour, minute, second, zulu] = found;
    const date = `${year}-${month}-${day}`;
    return hour === undefined ? date : `${date}T${hour}:${minute}:${second}${zulu!.toUpperCase()}`;
  },
  toText: (value) =>
    /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ?)?$/.test(String(value)) ? String(value).replace(/[-:]/g, '') : String(value),
};

const time: ValueForm = {
  toJson: (written) => written.replace(/^(\d\d)(\d\d)(\d\d)(Z?)$/, '$1:$2:$3$4'),
  toText: (value) => String(value).replace(/^(\d\d):(\d\d):(\d\d)(Z?)$/, '$1$2$3$4'),
};

const utcOffset: ValueForm = {
  toJson: (written) => written.replace(/^([+-]\d\d)(\d\d)(\d\d)?$/, (_, h, m, s) => `${h}:${m}${s ? `:${s}` : ''}`),
  toText: (value) => String(value).replace(/:/g, ''),
};

/** RFC 7265 §3.6.9: start and end, or start and duration. */
const period: ValueForm = {
  toJson: (written) => {
    const parts = written.split('/');
    return parts.length === 2 ? parts.map((part) => dateTime.toJson(part)) : written;
  },
  toText: (value) => (Array.isArray(value) ? value.map(dateTime.toText).join('/') : String(value)),
};

const TEXT_PARTS = new Set(['freq', 'wkst', 'byday', 'rscale', 'skip']);

/** RFC 7265 §3.6.10: an object of the parts; lists only where there are several values. */
const recur: ValueForm = {
  toJson: (written) => {
    const parts = written
      .split(';')
      .filter(Boolean)
      .map((part) => part.split('='));
    if (parts.some((part) => part.length !== 2)) return written;
    return Object.fromEntries(
      parts.map(([name, value]) => {
        const key = name!.trim().toLowerCase();
        if (key === 'until') return [key, String(dateTime.toJson(value!))];
        const values = value!.split(',').map((item) => (TEXT_PARTS.has(key) ? item : recurNumber(item)));
        return [key, values.length === 1 ? values[0]! : values];
      }),
    );
  },
  toText: (value) => {
    if (typeof value !== 'object' || Array.isArray(value)) return String(value);
    return Object.entries(value)
      .map(([key, part]) => `${key.toUpperCase()}=${key === 'until' ? dateTime.toText(part as string) : String(part)}`)
      .join(';');
  },
};

/** `5L` of RFC 7529 stays text. */
function recurNumber(item: string): string | number {
  return /^[+-]?\d+$/.test(item.trim()) ? Number(item) : item;
}

/** Structured values: fields behind semicolons (RFC 7265 §3.4.1). */
export function structured(field: ValueForm): ValueForm {
  return {
    toJson: (written) => splitValue(written, ';').map((part) => field.toJson(part)),
    toText: (value) => (Array.isArray(value) ? value.map((part) => field.toText(part)).join(';') : field.toText(value)),
  };
}

const FORMS: Readonly<Record<string, ValueForm>> = {
  text,
  boolean,
  integer: number,
  float: number,
  date: dateTime,
  'date-time': dateTime,
  time,
  'utc-offset': utcOffset,
  period,
  recur,
};

/** The form of a value type (lower case); uri, cal-address, binary, duration and unknown types go through as they are. */
export function formOf(type: string): ValueForm {
  return Object.hasOwn(FORMS, type) ? FORMS[type]! : asIs;
}
