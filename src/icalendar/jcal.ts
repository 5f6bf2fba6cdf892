/** jCal, the JSON form of iCalendar (RFC 7265), from content lines and back. */
import { append } from '../base/append.ts';
import { AppError } from '../base/errors.ts';
import { type ContentLine, type Parameter, parameter } from '../contentline/content-line.ts';
import { splitValue } from '../contentline/value.ts';
import { writeContentLine } from '../contentline/write.ts';
import type { CalendarObject } from './calendar-object.ts';
import { type Component, MAX_DEPTH } from './component.ts';
import { defaultType, isList, valueForm } from './jcal-properties.ts';
import type { JcalValue } from './jcal-values.ts';

export type { JcalValue } from './jcal-values.ts';

export type JcalProperty = readonly [
  string,
  { readonly [name: string]: string | readonly string[] },
  string,
  ...JcalValue[],
];
export type JcalComponent = readonly [string, readonly JcalProperty[], readonly JcalComponent[]];

/** Names of components, properties, parameters and types (RFC 5545 §3.1). */
const NAME = /^[A-Za-z0-9-]{1,100}$/;

/** The object as jCal: `JSON.stringify` of it is an `application/calendar+json` body. Lines that are no content lines are left out. */
export function toJcal(object: CalendarObject): JcalComponent {
  return componentToJcal(object.calendar);
}

function componentToJcal({ name, lines, children }: Component): JcalComponent {
  const named = lines.filter((line) => NAME.test(line.name));
  return [name.toLowerCase(), named.map(propertyToJcal), children.map(componentToJcal)];
}

function propertyToJcal(line: ContentLine): JcalProperty {
  // a parameter may be written twice, as programs do for MEMBER and X- ones: its values are one list then (RFC 7265 §3.5.2)
  const params = new Map<string, string[]>();
  for (const { name, values } of line.params)
    if (name !== 'VALUE' && NAME.test(name)) for (const value of values) append(params, name.toLowerCase(), value);
  const written = [...params].map(([name, values]) => [name, values.length === 1 ? values[0]! : values] as const);
  const type = typeOf(line);
  const form = valueForm(line.name, type);
  const texts = isList(line.name) ? splitValue(line.value, ',') : [line.value];
  return [line.name.toLowerCase(), Object.fromEntries(written), type, ...texts.map((value) => form.toJson(value))];
}

/** RFC 7265 §3.5.1. A bare date where a date-time is the default is a date, whatever the line forgot to say. */
function typeOf(line: ContentLine): string {
  const written = parameter(line, 'VALUE')?.toLowerCase();
  const type = written !== undefined && NAME.test(written) ? written : defaultType(line.name);
  return type === 'date-time' && /^\d{8}(,\d{8})*$/.test(line.value.trim()) ? 'date' : type;
}

/**
 * Octets of iCalendar from a parsed `application/calendar+json` body. Throws AppError `valid-calendar-data` saying what is no jCal:
 * whether the calendar itself may be stored is `validateCalendarObject`'s question.
 */
export function fromJcal(json: unknown): Buffer {
  const pieces: Buffer[] = [];
  writeJcalComponent(json, pieces, 0);
  return Buffer.concat(pieces);
}

function refuse(what: string): never {
  throw new AppError('invalid', 'valid-calendar-data', `The body is no jCal (RFC 7265): ${what}.`);
}

function nameOf(value: unknown, of: string): string {
  return typeof value === 'string' && NAME.test(value) ? value.toUpperCase() : refuse(`a ${of} has no name`);
}

function writeJcalComponent(json: unknown, pieces: Buffer[], depth: number): void {
  if (!Array.isArray(json) || json.length !== 3) refuse('a component is an array of name, properties and components');
  if (depth >= MAX_DEPTH) refuse(`components nested deeper than ${MAX_DEPTH} levels`);
  const [written, properties, components] = json as unknown[];
  const name = nameOf(written, 'component');
  if (!Array.isArray(properties) || !Array.isArray(components)) refuse(`${name} lacks its arrays`);
  pieces.push(Buffer.from(`BEGIN:${name}\r\n`));
  for (const property of properties as unknown[]) pieces.push(writeJcalProperty(property, name));
  for (const component of components as unknown[]) writeJcalComponent(component, pieces, depth + 1);
  pieces.push(Buffer.from(`END:${name}\r\n`));
}

function writeJcalProperty(json: unknown, component: string): Buffer {
  if (!Array.isArray(json) || json.length < 4) refuse(`a property of ${component} is an array of at least four`);
  const [written, params, type, ...values] = json as unknown[];
  const name = nameOf(written, `property of ${component}`);
  if (typeof type !== 'string' || !NAME.test(type)) refuse(`${name} has no type`);
  if (typeof params !== 'object' || params === null || Array.isArray(params)) refuse(`${name} has no parameter object`);
  const kind = type.toLowerCase();
  const form = valueForm(name, kind);
  const value = values.map((item) => form.toText(checkedValue(item, name))).join(',');
  const parameters = Object.entries(params).map(([key, entry]) => readParameter(key, entry, name));
  if (kind !== defaultType(name) && kind !== 'unknown')
    parameters.unshift({ name: 'VALUE', values: [type.toUpperCase()] });
  return writeContentLine({ group: '', name, params: parameters, value });
}

function readParameter(key: string, entry: unknown, property: string): Parameter {
  const values = Array.isArray(entry) ? entry : [entry];
  if (!values.every((value) => typeof value === 'string')) refuse(`parameter ${key} of ${property} is no text`);
  return { name: nameOf(key, `parameter of ${property}`), values };
}

/** Values are scalars, flat arrays of them, or an object of those (recur). */
function checkedValue(value: unknown, property: string, depth = 0): JcalValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  const inner =
    typeof value === 'object' && value !== null && depth < 2
      ? Object.values(value)
      : refuse(`${property} has a value of no known form`);
  for (const item of inner) checkedValue(item, property, depth + 1);
  return value as JcalValue;
}
