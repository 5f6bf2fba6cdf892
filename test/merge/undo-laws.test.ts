/** Laws of undo across whatever was edited in between. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LineValue, lineValues } from '../../src/merge/line-values.ts';
import { mergeCards } from '../../src/merge/merge.ts';
import { undoMerge } from '../../src/merge/unmerge.ts';
import { type Card, readCard } from '../../src/vcard/card.ts';
import { validateCard } from '../../src/vcard/validate.ts';
import { anyCard } from '../support/card-arbitrary.ts';

const values = (card: Card, version: string): LineValue[] => lineValues(card, version === '4.0' ? '4.0' : '3.0');
const signatures = (card: Card, version: string): Set<string> =>
  new Set(values(card, version).map(({ signature }) => signature));

interface Edit {
  /** Numbers that pick the values to remove. */
  readonly removed: readonly number[];
  readonly added: readonly string[];
}

/** Removes whole values with their labels, and adds lines before END. */
function edited(card: Card, { removed, added }: Edit): Card {
  const all = values(card, card.version).filter(({ property }) => property !== 'UID');
  const gone = new Set(removed.flatMap((n) => all[n % Math.max(1, all.length)]?.lines ?? []));
  const pieces = card.lines.map((line, index) => {
    const octets = gone.has(index) ? '' : card.octets.toString('utf8', line.start, line.end);
    return line.name === 'END' ? added.map((text) => `${text}\r\n`).join('') + octets : octets;
  });
  return readCard(Buffer.from(pieces.join('')));
}

const edit = fc.record({
  removed: fc.array(fc.nat({ max: 50 }), { maxLength: 3 }),
  added: fc.subarray(['X-LATER:1', 'TEL:+41 44 6681800', 'EMAIL:later@example.net', 'item9.URL:http://later/']),
});
const situation = fc.tuple(anyCard(), fc.array(anyCard(), { minLength: 1, maxLength: 3 }), edit);

function undone([referenceBefore, sourcesBefore, change]: [Card, Card[], Edit]) {
  const referenceAfter = readCard(mergeCards(referenceBefore, sourcesBefore).octets);
  const referenceNow = edited(referenceAfter, change);
  const result = undoMerge({ referenceBefore, referenceAfter, referenceNow, sourcesBefore });
  return {
    referenceBefore,
    referenceAfter,
    referenceNow,
    sourcesBefore,
    change,
    ...result,
    version: referenceBefore.version,
  };
}

test('the reference stays a valid card and the sources get their octets back', () => {
  fc.assert(
    fc.property(situation, (input) => {
      const { reference, sources, sourcesBefore, version } = undone(input);
      expect(validateCard(reference).version).toBe(version);
      expect(sources.map(String)).toEqual(sourcesBefore.map(({ octets }) => String(octets)));
    }),
  );
});

test('what was added since stays, what was not touched stays octet for octet', () => {
  fc.assert(
    fc.property(situation, (input) => {
      const { reference, referenceBefore, referenceNow, change, version } = undone(input);
      for (const line of change.added) expect(reference.toString()).toContain(line);
      // of two equal values under two group names the one that was taken out is not the one that is left
      const exact = ({ line, signature }: LineValue) => `${line.group} ${signature}`;
      const still = new Set(values(referenceNow, version).map(exact));
      for (const value of values(referenceBefore, version))
        if (still.has(exact(value)))
          for (const index of value.lines) {
            const { start, end } = referenceBefore.lines[index]!;
            expect(reference.toString()).toContain(referenceBefore.octets.toString('utf8', start, end));
          }
    }),
  );
});

test('of two equal values with labels, the one that was taken out since stays out', () => {
  const lines = (...inner: string[]) =>
    readCard(Buffer.from(['BEGIN:VCARD', 'VERSION:3.0', 'UID:1', 'FN:Anna', ...inner, 'END:VCARD', ''].join('\r\n')));
  const item = ['item1.EMAIL:bob@example.org', 'item1.X-ABLabel:Ferien'];
  const other = ['g.EMAIL:bob@example.org', 'g.X-ABLabel:Ferien'];
  const referenceBefore = lines(...item, ...other);
  const sourcesBefore = [lines('URL:http://example.com/')];
  const referenceAfter = readCard(mergeCards(referenceBefore, sourcesBefore).octets);
  for (const [out, left] of [
    [item, other],
    [other, item],
  ] as const) {
    const text = out.reduce((octets, line) => octets.replace(`${line}\r\n`, ''), referenceAfter.octets.toString());
    const referenceNow = readCard(Buffer.from(text));
    const { reference } = undoMerge({ referenceBefore, referenceAfter, referenceNow, sourcesBefore });
    expect(reference.toString()).toBe(lines(...left).octets.toString());
  }
});

test('nothing that only the merge brought stays on the reference', () => {
  fc.assert(
    fc.property(situation, (input) => {
      const { reference, referenceBefore, referenceAfter, referenceNow, change, conflicts, version } = undone(input);
      const known = new Set([
        ...signatures(referenceBefore, version),
        ...signatures(readCard(Buffer.from(`BEGIN:VCARD\r\n${change.added.join('\r\n')}\r\nEND:VCARD`)), version),
      ]);
      const merged = signatures(referenceAfter, version);
      const asked = new Set(conflicts.map(({ now }) => now));
      for (const value of values(readCard(reference), version))
        if (
          !known.has(value.signature) &&
          merged.has(value.signature) &&
          signatures(referenceNow, version).has(value.signature)
        )
          expect(asked).toContain(value.text);
    }),
  );
});

test('every value of a source that was removed since is said to come back with its source', () => {
  fc.assert(
    fc.property(situation, (input) => {
      const { referenceBefore, referenceAfter, referenceNow, conflicts, version } = undone(input);
      const now = values(referenceNow, version);
      const before = values(referenceBefore, version);
      for (const value of values(referenceAfter, version)) {
        const brought = !before.some((own) => own.property === value.property);
        const gone = !now.some((own) => own.property === value.property);
        if (brought && gone) expect(conflicts.map(({ merged }) => merged)).toContain(value.text);
      }
    }),
  );
});
