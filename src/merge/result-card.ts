/** The card under construction: the reference's octets, with single lines changed and others put in between. */
import type { ContentLine } from '../contentline/content-line.ts';
import { foldText } from '../contentline/write.ts';
import type { Card } from '../vcard/card.ts';
import type { StoredVersion } from '../vcard/convert.ts';
import { propertyOf } from './field-rules.ts';
import { textIn } from './field-values.ts';

export interface ResultCard {
  readonly reference: Card;
  /** Unfolded text of the reference's line `index` as it stands now. */
  textAt(index: number): string;
  /** Gives the reference's line `index` another text. */
  replace(index: number, text: string): void;
  /** Puts a line behind the last one of its property. `verbatim`: its octets, when they may stay as they were. */
  add(property: string, text: string, verbatim?: Buffer): void;
  /** Puts a line directly behind the reference's line `index`. */
  addBehind(index: number, text: string): void;
  /** A group name that nothing on the card has: `wanted` itself when it is free, else the next `itemN`. */
  freeGroup(wanted: string): string;
  octets(): Buffer;
}

/** Starts from the reference, which must be a framed 3.0 or 4.0 card. */
export function resultCard(reference: Card, version: StoredVersion): ResultCard {
  const { lines } = reference;
  const lineEnd = lineEndOf(reference);
  const replaced = new Map<number, Buffer>();
  const texts = new Map<number, string>();
  const behind = new Map<number, Buffer[]>();
  let lastItem = 0;
  const groups = new Set(lines.map((line) => line.group.toLowerCase()));
  const last = lastOfProperty(lines);

  const listBehind = (index: number): Buffer[] => {
    const list = behind.get(index) ?? [];
    behind.set(index, list);
    return list;
  };
  return {
    reference,
    textAt: (index) => texts.get(index) ?? textIn(reference, lines[index]!, version),
    replace: (index, text) => {
      texts.set(index, text);
      replaced.set(index, foldText(text, lineEnd));
    },
    add: (property, text, verbatim) => {
      const octets = verbatim !== undefined && endsWith(verbatim, lineEnd) ? verbatim : foldText(text, lineEnd);
      listBehind(last.get(property) ?? beforeEnd(lines)).push(octets);
    },
    addBehind: (index, text) => {
      listBehind(index).unshift(foldText(text, lineEnd));
    },
    freeGroup: (wanted) => {
      let name = wanted;
      while (groups.has(name.toLowerCase())) name = `item${++lastItem}`;
      groups.add(name.toLowerCase());
      return name;
    },
    octets: () => {
      const pieces: Buffer[] = [];
      let at = 0;
      for (const [index, line] of lines.entries()) {
        pieces.push(reference.octets.subarray(at, line.start));
        pieces.push(replaced.get(index) ?? reference.octets.subarray(line.start, line.end));
        pieces.push(...(behind.get(index) ?? []));
        at = line.end;
      }
      return Buffer.concat([...pieces, reference.octets.subarray(at)]);
    },
  };
}

/** The line end that the card's first line has. */
function lineEndOf({ octets, lines }: Card): string {
  const first = lines[0] === undefined ? '' : octets.toString('latin1', lines[0].start, lines[0].end);
  return /(?:\r?\n|\r)$/.exec(first)?.[0] ?? '\r\n';
}

function endsWith(octets: Buffer, lineEnd: string): boolean {
  const tail = octets.toString('latin1', Math.max(0, octets.length - 3));
  return /\r*\n?$/.exec(tail)![0] === lineEnd;
}

/** Index of the last line of each property; lines of the same group that follow it are taken along. */
function lastOfProperty(lines: readonly ContentLine[]): Map<string, number> {
  const last = new Map<string, number>();
  let end = lines.length - 1;
  for (let index = lines.length - 1; index >= 0; index--) {
    const { group } = lines[index]!;
    const joined = group !== '' && lines[index + 1]?.group.toLowerCase() === group.toLowerCase();
    if (!joined) end = index;
    const property = propertyOf(lines[index]!);
    if (!last.has(property)) last.set(property, end);
  }
  return last;
}

function beforeEnd(lines: readonly ContentLine[]): number {
  return lines.at(-1)?.name === 'END' ? lines.length - 2 : lines.length - 1;
}
