/** Dates and relatives: properties in vCard 4.0 (RFC 6350 §6.2.6, §6.6.6), lines with a label in the 3.0 of Apple's programs. */
import type { LineContent } from '../contentline/write.ts';
import { extendedDate, monthAndDay } from './dates.ts';
import { ownLabel } from './labels.ts';

const LABEL = 'X-ABLabel';

/** Kinds of relatives in 4.0 with their labels: Apple's own where it has one, which it shows in the reader's language. */
const RELATIVES: ReadonlyMap<string, string> = new Map([
  ...['spouse', 'child', 'parent', 'sibling', 'friend', 'colleague'].map(
    (type) => [type, ownLabel(type.replace(/^./, (first) => first.toUpperCase()))] as const,
  ),
  ...['acquaintance', 'agent', 'co-resident', 'co-worker', 'contact', 'crush', 'date', 'emergency', 'kin', 'met'].map(
    (type) => [type, type] as const,
  ),
  ...['muse', 'neighbor', 'sweetheart'].map((type) => [type, type] as const),
  ['', ownLabel('Other')],
]);

/** A property of 4.0 that Apple's programs know under another name, together with a label. */
interface LabelledProperty {
  readonly name: string;
  readonly apple: string;
  /** A card has it once. */
  readonly once: boolean;
  /** The label of a 4.0 line; undefined for one that Apple's programs could not show. */
  labelOf(line: LineContent): string | undefined;
  /** The 4.0 line without what its label says. */
  unlabelled(line: LineContent): LineContent;
  /** The 4.0 line that a line with such a label stands for; undefined for labels that 4.0 has no word for. */
  named(line: LineContent, label: string): LineContent | undefined;
}

const isDate = ({ value }: LineContent): boolean =>
  extendedDate(value) !== undefined || monthAndDay(value) !== undefined;
const without = (line: LineContent, name: string): LineContent => ({
  ...line,
  params: line.params.filter((param) => param.name !== name),
});
const valuesOf = ({ params }: LineContent, name: string): string[] =>
  params.flatMap((param) => (param.name === name ? param.values.flatMap((value) => value.split(',')) : []));

const PROPERTIES: readonly LabelledProperty[] = [
  {
    name: 'ANNIVERSARY',
    apple: 'X-ABDATE',
    once: true,
    labelOf: (line) => (isDate(line) ? ownLabel('Anniversary') : undefined),
    unlabelled: (line) => without(line, 'VALUE'),
    named: (line, label) => (label === ownLabel('Anniversary') && isDate(line) ? line : undefined),
  },
  {
    name: 'RELATED',
    apple: 'X-ABRELATEDNAMES',
    once: false,
    // a URI leads to another card, which only who knows RELATED can follow
    labelOf: (line) => {
      const [type = '', another] = valuesOf(line, 'TYPE').map((word) => word.toLowerCase());
      const isText = /^text$/i.test(valuesOf(line, 'VALUE')[0] ?? '');
      return isText && another === undefined ? RELATIVES.get(type) : undefined;
    },
    unlabelled: (line) => without(without(line, 'VALUE'), 'TYPE'),
    named: (line, label) => {
      const type = [...RELATIVES].find(([, known]) => known === label)?.[0];
      if (type === undefined || valuesOf(line, 'VALUE').length > 0) return undefined;
      const types = [...(type === '' ? [] : [type]), ...valuesOf(line, 'TYPE')];
      const params = [...without(line, 'TYPE').params, { name: 'VALUE', values: ['text'] }];
      return { ...line, params: types.length > 0 ? [{ name: 'TYPE', values: types }, ...params] : params };
    },
  },
];

const isNamed = (line: LineContent, name: string): boolean => line.name.toUpperCase() === name.toUpperCase();

/** 4.0 lines with what Apple's programs know by a label written so: each such line becomes two, in a group of their own. */
export function withLabels(lines: readonly LineContent[]): LineContent[] {
  const groups = new Set(lines.map(({ group }) => group.toLowerCase()));
  let number = 1;
  const freeGroup = (): string => {
    while (groups.has(`item${number}`)) number++;
    return `item${number++}`;
  };
  return lines.flatMap((line) => {
    const property = PROPERTIES.find(({ name }) => isNamed(line, name));
    const label = line.group === '' ? property?.labelOf(line) : undefined;
    if (property === undefined || label === undefined) return [line];
    const group = freeGroup();
    const value = { ...property.unlabelled(line), group, name: property.apple };
    return [value, { group, name: LABEL, params: [], value: label }];
  });
}

/** 3.0 lines with those pairs of Apple's lines for which 4.0 has a property as that property. */
export function withoutLabels(lines: readonly LineContent[]): LineContent[] {
  const byGroup = Map.groupBy(lines, ({ group }) => group.toLowerCase());
  const has = new Set(lines.map(({ name }) => name.toUpperCase()));
  const said = new Set<LineContent>();
  const named = lines.map((line) => {
    const property = PROPERTIES.find(({ apple }) => isNamed(line, apple));
    const members = line.group === '' ? [] : byGroup.get(line.group.toLowerCase())!;
    const label = members.find((member) => isNamed(member, LABEL));
    if (property === undefined || label === undefined || members.length !== 2) return line;
    const found = property.once && has.has(property.name) ? undefined : property.named(line, label.value);
    if (found === undefined) return line;
    has.add(property.name);
    said.add(label);
    return { ...found, group: '', name: property.name };
  });
  return named.filter((line) => !said.has(line));
}
