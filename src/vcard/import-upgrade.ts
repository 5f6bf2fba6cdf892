/** Cards of an imported file made fit to be stored: 2.1 becomes 3.0, a missing UID is given; all others stay octet for octet. */
import type { ContentLine } from '../contentline/content-line.ts';
import { unfoldedText } from '../contentline/read.ts';
import { escapeText } from '../contentline/value.ts';
import { type LineContent, writeContentLine } from '../contentline/write.ts';
import { type Card, readCard, textOf, uidOf } from './card.ts';
import { isBase64, upgradeLine } from './upgrade.ts';

/**
 * Octets of one card as it is stored. 3.0 and 4.0 with a UID come back as they are (the same octets); without one they get the
 * line `UID:uid` before their END. 2.1, and cards that name no version, become 3.0 with the same content.
 */
export function upgradeForImport(octets: Uint8Array, uid: string): Buffer {
  const card = readCard(octets);
  const stored = card.version !== '' && card.version !== '2.1';
  return withUid(stored ? card : readCard(upgradeCard(card)), uid);
}

/** Every level of inner cards escapes the text of those below once more: deeper ones stay the text they were. */
const MOST_LEVELS = 3;

/** A 2.1 card (or one without VERSION) as 3.0 octets with CRLF line ends. Inner cards become the text of AGENT. */
export function upgradeCard(card: Card, level = 1): Buffer {
  const lines = joinBrokenLines(card.lines);
  const written: LineContent[] = [frame('BEGIN', 'VCARD'), frame('VERSION', '3.0')];
  for (let i = 1; i < lines.length; i++) {
    const line = lines[i]!;
    if (line.name === 'VERSION' || (line.name === 'END' && i === lines.length - 1)) continue;
    const inner = innerCard(lines, i);
    if (inner !== undefined) {
      const agent =
        level < MOST_LEVELS ? upgradeCard({ ...card, lines: inner.lines }, level + 1) : textOfLines(card, inner.lines);
      written.push({ group: line.group, name: 'AGENT', params: [], value: escapeText(agent.toString()) });
      i = inner.last;
    } else written.push(upgradeLine(line, writtenName(card, line)));
  }
  if (!written.some((line) => line.name.toUpperCase() === 'FN')) written.push(frame('FN', escapeText(nameFor(card))));
  if (!written.some((line) => line.name.toUpperCase() === 'N'))
    written.push(frame('N', `;${escapeText(nameFor(card))};;;`));
  written.push(frame('END', 'VCARD'));
  return Buffer.concat(written.map((line) => writeContentLine(line)));
}

function textOfLines(card: Card, lines: readonly ContentLine[]): Buffer {
  return card.octets.subarray(lines[0]!.start, lines.at(-1)!.end);
}

const frame = (name: string, value: string): LineContent => ({ group: '', name, params: [], value });

/** Property name with the letters it was written in, as Apple's programs read `X-ABLabel` only so. */
export function writtenName(card: Card, line: ContentLine): string {
  const head = /^[^:;]*/.exec(unfoldedText(card.octets, line))![0].trim();
  const name = head.slice(head.lastIndexOf('.') + 1);
  return name.toUpperCase() === line.name ? name : line.name;
}

/** Base64 that some phones write without fold spaces comes as lines without a colon: they belong to the line before. */
function joinBrokenLines(lines: readonly ContentLine[]): ContentLine[] {
  const joined: ContentLine[] = [];
  const tails: string[][] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    if (line.name === '' && last !== undefined && isBase64(last) && /^[A-Za-z0-9+/=\s]*$/.test(line.value))
      tails.at(-1)!.push(line.value);
    else {
      joined.push(line);
      tails.push([]);
    }
  }
  return joined.map((line, i) => (tails[i]!.length === 0 ? line : { ...line, value: line.value + tails[i]!.join('') }));
}

/** The lines of a card inside this one that starts at line `at`: behind an empty AGENT, or on the same line. */
function innerCard(lines: readonly ContentLine[], at: number): { lines: ContentLine[]; last: number } | undefined {
  const line = lines[at]!;
  if (line.name !== 'AGENT') return undefined;
  const sameLine = isFrame('BEGIN', line.value);
  const start = sameLine ? at : at + 1;
  if (!sameLine && !(line.value.trim() === '' && lines[start]?.name === 'BEGIN')) return undefined;
  let depth = 0;
  for (let i = start; i < lines.length; i++) {
    const { name, value } = lines[i]!;
    if (name === 'BEGIN' || (name === 'AGENT' && isFrame('BEGIN', value))) depth++;
    else if (name === 'END' && --depth === 0) return { lines: lines.slice(start, i + 1), last: i };
  }
  return undefined;
}

const isFrame = (name: string, value: string): boolean => new RegExp(`^\\s*${name}:VCARD\\s*$`, 'i').test(value);

/** What to call a card that says no formatted name. */
function nameFor(card: Card): string {
  const n = textOf(card, 'N') ?? '';
  const [family = '', given = '', additional = '', prefix = '', suffix = ''] = n.split(';').map((part) => part.trim());
  const spoken = [prefix, given, additional, family, suffix].filter((part) => part !== '').join(' ');
  return spoken || (textOf(card, 'FN') ?? textOf(card, 'ORG') ?? textOf(card, 'EMAIL') ?? textOf(card, 'TEL') ?? '');
}

function withUid(card: Card, uid: string): Buffer {
  if (uidOf(card) !== undefined) return card.octets;
  const end = card.lines.at(-1);
  if (end?.name !== 'END') return card.octets;
  const lineEnd = card.octets.includes('\r\n') ? '\r\n' : card.octets.includes('\n') ? '\n' : '\r';
  const emptied = card.lines.find((line) => line.name === 'UID');
  const line = writeContentLine(frame('UID', uid), lineEnd);
  return emptied === undefined
    ? Buffer.concat([card.octets.subarray(0, end.start), line, card.octets.subarray(end.start)])
    : Buffer.concat([card.octets.subarray(0, emptied.start), line, card.octets.subarray(emptied.end)]);
}
