/** A book merged by clusters that somebody chose: what cannot be is passed over, and groups keep their members. */
import { expect, test } from 'vitest';
import { type BookMerge, mergeBook } from '../../src/merge/merge-book.ts';
import { type Card, readCard, uidOf } from '../../src/vcard/card.ts';

const card = (uid: string, ...lines: string[]): Card =>
  readCard(Buffer.from(['BEGIN:VCARD', 'VERSION:4.0', `UID:${uid}`, ...lines, 'END:VCARD', ''].join('\r\n')));
const BOOK = [
  card('a', 'FN:Ann'),
  card('b', 'FN:Ann', 'TEL:1111111'),
  card('c', 'FN:Ann', 'TEL:2222222'),
  card('g', 'FN:Choir', 'KIND:group', 'MEMBER:urn:uuid:b', 'MEMBER:urn:uuid:z'),
];

/** The UIDs that are left with their numbers and members, and the merges that were made. */
function mergedBook(...merges: readonly BookMerge[]) {
  const { cards, merges: made } = mergeBook(BOOK, merges);
  const left = cards.map((each) =>
    [uidOf(each), ...each.lines.flatMap(({ name, value }) => (/^(?:TEL|MEMBER)$/.test(name) ? value : []))].join(' '),
  );
  return { left, made: made.map(({ target, sources }) => `${sources.join()} into ${target}`) };
}

test('each source goes into its target, and groups name the target instead', () => {
  expect(mergedBook({ target: 'a', sources: ['b', 'c'] })).toEqual({
    left: ['a 1111111 2222222', 'g urn:uuid:a urn:uuid:z'],
    made: ['b,c into a'],
  });
});

test('names that the book does not have, groups, the target itself and repeats are passed over', () => {
  expect(mergedBook({ target: 'a', sources: ['x', 'g', 'a', 'b', 'b'] }).made).toEqual(['b into a']);
  expect(mergedBook({ target: 'x', sources: ['b'] }, { target: 'g', sources: ['b'] }).made).toEqual([]);
  const untouched = mergeBook(BOOK, [{ target: 'a', sources: ['a', 'x'] }]);
  expect(untouched.cards).toEqual(BOOK);
  expect(untouched.merges).toEqual([]);
});

test('a card that was merged away is neither target nor source again', () => {
  const { made, left } = mergedBook(
    { target: 'a', sources: ['b'] },
    { target: 'b', sources: ['c'] },
    { target: 'c', sources: ['b'] },
  );
  expect(made).toEqual(['b into a']);
  expect(left).toEqual(['a 1111111', 'c 2222222', 'g urn:uuid:a urn:uuid:z']);
});

test('a target may be merged on, with all that it was given, and groups follow it', () => {
  expect(mergedBook({ target: 'a', sources: ['b'] }, { target: 'c', sources: ['a'] })).toEqual({
    left: ['c 2222222 1111111', 'g urn:uuid:c urn:uuid:z'],
    made: ['b into a', 'a into c'],
  });
});
