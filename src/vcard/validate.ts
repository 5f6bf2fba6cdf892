/** What PUT takes for a card (RFC 6352 §5.1, §6.3.2.1): one framed vCard within the limits, however odd its single lines are. */
import { AppError } from '../base/errors.ts';
import type { ContentLine } from '../contentline/content-line.ts';
import { type Card, readCard } from './card.ts';

export interface CardLimits {
  /** Most octets of one card: `max-resource-size`. */
  readonly maxSize: number;
  /** Most content lines of one card, folds not counted; 20,000 when left out. */
  readonly maxLines?: number;
}

const CARD_LIMITS = { maxSize: 10 * 1024 * 1024, maxLines: 20_000 } as const satisfies CardLimits;

/** The versions that are stored: `supported-address-data` is derived from this list. */
export const STORED_VERSIONS: readonly string[] = ['3.0', '4.0'];
/** The versions that an import takes. */
export const IMPORTED_VERSIONS: readonly string[] = ['2.1', ...STORED_VERSIONS];

/**
 * Reads `octets` as one card, or throws an `AppError`:
 * `tooLarge` `max-resource-size` beyond a limit; `invalid` `supported-address-data` for a version outside `versions`;
 * `invalid` `valid-address-data` for what is not exactly one vCard, its message naming the line.
 *
 * Strict about the frame: BEGIN, END, one VERSION, no NUL, nothing before or behind. Liberal about all the rest, as one odd
 * line must never cost a card: unknown and unreadable lines, octets that are not UTF-8, a missing FN, N or UID are stored as sent.
 * (RFC 6352 §5.1 wants a UID; a card without one is still somebody's card, and nothing may be added to what GET gives back.)
 */
export function validateCard(
  octets: Uint8Array,
  limits: CardLimits = CARD_LIMITS,
  versions: readonly string[] = STORED_VERSIONS,
): Card {
  const { maxSize, maxLines = CARD_LIMITS.maxLines } = limits;
  if (octets.length > maxSize)
    throw tooLarge(`A card may hold ${maxSize} octets; this one holds ${octets.length}.`, maxSize);
  refuseNul(octets);
  const card = readCard(octets);
  if (card.lines.length > maxLines)
    throw tooLarge(`A card may hold ${maxLines} lines; this one holds ${card.lines.length}.`, maxLines);
  checkFrame(card);
  checkVersion(card, versions);
  return card;
}

function tooLarge(message: string, limit: number): AppError {
  return new AppError('tooLarge', 'max-resource-size', message, { limit });
}

function invalid(message: string, line: number): AppError {
  return new AppError('invalid', 'valid-address-data', message, { line });
}

/** Refused because Postgres text cannot hold it and no vCard may; UTF-16 is full of it. */
function refuseNul(octets: Uint8Array): void {
  const at = octets.indexOf(0);
  if (at < 0) return;
  let line = 1;
  for (let i = 0; i < at; i++) if (octets[i] === 10) line++;
  throw invalid(`Line ${line} holds a NUL octet; a vCard is UTF-8 text without NUL.`, line);
}

const isFrame = (line: ContentLine, name: 'BEGIN' | 'END'): boolean =>
  line.name === name
    ? /^\s*vcard\s*$/i.test(line.value)
    : name === 'BEGIN' && line.name === 'AGENT' && /^\s*begin:vcard\s*$/i.test(line.value);

/** One BEGIN:VCARD first and its END:VCARD last. Version 2.1 may hold further cards inside, as values of AGENT. */
function checkFrame({ lines, version }: Card): void {
  const first = lines[0];
  if (first === undefined) throw invalid('The body is empty; a vCard is expected.', 1);
  if (!isFrame(first, 'BEGIN'))
    throw invalid(`Line ${first.number} is not BEGIN:VCARD, so this is no vCard.`, first.number);
  let depth = 0;
  for (const [index, line] of lines.entries()) {
    if (isFrame(line, 'BEGIN')) {
      if (depth > 0 && version !== '2.1')
        throw invalid(`Line ${line.number} begins a second vCard inside the first; END:VCARD is missing.`, line.number);
      depth++;
    } else if (isFrame(line, 'END')) depth--;
    if (depth === 0 && index < lines.length - 1) throw trailing(lines[index + 1]!);
  }
  if (depth > 0) {
    const { number } = lines.at(-1)!;
    throw invalid(`The card ends at line ${number} without END:VCARD; it was cut off.`, number);
  }
}

function trailing(line: ContentLine): AppError {
  return isFrame(line, 'BEGIN')
    ? invalid(`Line ${line.number} begins a second vCard; one resource holds one.`, line.number)
    : invalid(`Line ${line.number} stands behind END:VCARD; nothing may follow the card.`, line.number);
}

function checkVersion(card: Card, versions: readonly string[]): void {
  const found = outerLines(card.lines).filter((line) => line.name === 'VERSION');
  const [first, second] = found;
  if (first === undefined) throw invalid('The card has no VERSION line.', card.lines[0]!.number);
  if (second !== undefined) throw invalid(`Line ${second.number} is a second VERSION line.`, second.number);
  const version = first.value.trim();
  if (!versions.includes(version))
    throw new AppError(
      'invalid',
      'supported-address-data',
      `Line ${first.number}: vCard version ${JSON.stringify(version.slice(0, 20))} is not stored here; ${versions.join(' and ')} are.`,
      { line: first.number, version: version.slice(0, 20), supported: versions },
    );
}

/** The card's own lines, without those of cards inside it. */
function outerLines(lines: readonly ContentLine[]): ContentLine[] {
  let depth = 0;
  return lines.filter((line) => {
    if (isFrame(line, 'BEGIN')) depth++;
    else if (isFrame(line, 'END')) depth--;
    return depth === 1;
  });
}
