/** Components on their way out: names for choosing, octets for writing. */
import type { ContentLine, Parameter } from '../contentline/content-line.ts';
import { readContentLines } from '../contentline/read.ts';
import { writeContentLine } from '../contentline/write.ts';
import type { Component } from './component.ts';

export interface OutLine {
  /** Upper case. */
  readonly name: string;
  /** The line with its end: as stored, or as newly written. */
  readonly octets: Buffer;
}

export interface OutComponent {
  readonly name: string;
  readonly lines: readonly OutLine[];
  readonly children: readonly OutComponent[];
}

/** A stored component with the octets of each of its lines. */
export function outComponent(octets: Buffer, component: Component): OutComponent {
  return {
    name: component.name,
    lines: component.lines.map((line) => storedLine(octets, line)),
    children: component.children.map((child) => outComponent(octets, child)),
  };
}

/** A stored line, byte for byte. */
export function storedLine(octets: Buffer, line: ContentLine): OutLine {
  return { name: line.name, octets: withLineEnd(octets.subarray(line.start, line.end)) };
}

const CRLF = Buffer.from('\r\n');

/** Octets that end with their line: the last one of a text may lack it. */
export function withLineEnd(octets: Buffer): Buffer {
  const last = octets.at(-1);
  return last === 10 || last === 13 ? octets : Buffer.concat([octets, CRLF]);
}

/** A new line. The value is already escaped. */
export function newLine(name: string, value: string, params: readonly Parameter[] = []): OutLine {
  return { name, octets: writeContentLine({ group: '', name, params, value }) };
}

/** A component with the lines that `change` makes others written anew, the rest octet for octet. */
export function rewrittenLines(octets: Buffer, change: (line: ContentLine) => ContentLine): Buffer {
  const lines = readContentLines(octets).map((line) => {
    const changed = change(line);
    return changed === line ? octets.subarray(line.start, line.end) : writeContentLine(changed);
  });
  return Buffer.concat(lines);
}

/** Octets of a component: BEGIN, its lines, its children, END. */
export function writeComponent(component: OutComponent): Buffer {
  const pieces: Buffer[] = [];
  const write = ({ name, lines, children }: OutComponent): void => {
    pieces.push(Buffer.from(`BEGIN:${name}\r\n`));
    for (const line of lines) pieces.push(line.octets);
    for (const child of children) write(child);
    pieces.push(Buffer.from(`END:${name}\r\n`));
  };
  write(component);
  return Buffer.concat(pieces);
}
