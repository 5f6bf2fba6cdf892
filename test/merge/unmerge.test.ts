/** Undo across later edits: what was changed after the merge stays, what came from the sources goes back. */
import { expect, test } from 'vitest';
import { mergeCards } from '../../src/merge/merge.ts';
import { type UndoResult, undoMerge } from '../../src/merge/unmerge.ts';
import { type Card, readCard } from '../../src/vcard/card.ts';

const card = (...lines: string[]): Card =>
  readCard(Buffer.from(['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n')));

const reference = card(
  'UID:r',
  'FN:Ann Lee',
  'item1.TEL;TYPE=CELL:+49 151 1234567',
  'item1.X-ABLabel:mine',
  'NOTE:tall',
);
const source = card(
  'UID:s',
  'FN:Ann Lee',
  'TEL;TYPE=HOME:+49 151 1234567',
  'EMAIL:ann@x.org',
  'NOTE:likes tea',
  'item1.URL:http://x/',
  'item1.X-ABLabel:page',
);

/** Undoes the merge after `edit` has changed the text of the merged card. */
function undoAfter(edit: (text: string) => string): UndoResult & { lines: string[] } {
  const referenceAfter = readCard(mergeCards(reference, [source]).octets);
  const referenceNow = readCard(Buffer.from(edit(referenceAfter.octets.toString())));
  expect(referenceNow.octets.equals(referenceAfter.octets)).toBe(false);
  const result = undoMerge({ referenceBefore: reference, referenceAfter, referenceNow, sourcesBefore: [source] });
  expect(result.sources).toEqual([source.octets]);
  return { ...result, lines: result.reference.toString().split('\r\n').slice(2, -2) };
}

const before = reference.octets.toString().split('\r\n').slice(2, -2);

test('a value that was added stays, with its label', () => {
  const { lines, conflicts } = undoAfter((text) =>
    text.replace('END:', 'item9.IMPP:xmpp:a@b\r\nitem9.X-ABLabel:chat\r\nEND:').replaceAll('item2.', 'item7.'),
  );
  expect(conflicts).toEqual([]);
  expect(lines).toEqual([...before, 'item9.IMPP:xmpp:a@b', 'item9.X-ABLabel:chat']);
});

test('a value of the reference that was changed stays changed', () => {
  const { lines, conflicts } = undoAfter((text) => text.replace('FN:Ann Lee', 'FN:Ann Lee-Smith'));
  expect(conflicts).toEqual([]);
  expect(lines).toEqual(before.map((line) => line.replace('FN:Ann Lee', 'FN:Ann Lee-Smith')));
});

test('a value of the reference that was removed stays removed, with its label', () => {
  const { lines, conflicts } = undoAfter((text) => text.replace(/item1\.TEL.*\r\nitem1\.X-ABLabel.*\r\n/, ''));
  expect(conflicts).toEqual([]);
  expect(lines).toEqual(['UID:r', 'FN:Ann Lee', 'NOTE:tall']);
});

test('a note that grew after the merge keeps what was added and gives back what came from the source', () => {
  const { lines, conflicts } = undoAfter((text) => text.replace('likes tea', 'likes tea\\nand cake'));
  expect(conflicts).toEqual([]);
  expect(lines.at(-1)).toBe('NOTE:tall\\nand cake');
});

test('a value of a source that was changed is a conflict: the source gets its own back, the new one stays', () => {
  const { lines, conflicts } = undoAfter((text) => text.replace('EMAIL:ann@x.org', 'EMAIL:ann@x.orgg'));
  expect(lines).toEqual([...before, 'EMAIL:ann@x.orgg']);
  expect(conflicts).toEqual([
    { kind: 'edited-merged-value', property: 'EMAIL', card: 1, before: null, merged: 'ann@x.org', now: 'ann@x.orgg' },
  ]);
});

test('a value of a source that was removed comes back with the source, and that is said', () => {
  const { lines, conflicts } = undoAfter((text) => text.replace('EMAIL:ann@x.org\r\n', ''));
  expect(lines).toEqual(before);
  expect(conflicts).toEqual([
    { kind: 'restored-elsewhere', property: 'EMAIL', card: 1, before: null, merged: 'ann@x.org', now: null },
  ]);
});

test('a line that the merge reworked and somebody changed since is a conflict and keeps the change', () => {
  const { lines, conflicts } = undoAfter((text) => text.replace('TYPE=CELL;TYPE=HOME:', 'TYPE=CELL,WORK:'));
  expect(lines).toContain('item1.TEL;TYPE=CELL,WORK:+49 151 1234567');
  expect(conflicts).toMatchObject([{ kind: 'edited-merged-value', property: 'TEL', card: 0 }]);
});

test('a revision that a client wrote stays', () => {
  const { lines, conflicts } = undoAfter((text) => text.replace('END:', 'REV:20250101T000000Z\r\nEND:'));
  expect(conflicts).toEqual([]);
  expect(lines).toEqual([...before, 'REV:20250101T000000Z']);
});
