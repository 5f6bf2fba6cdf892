/** Chains of merges, undos, edits and devices that bring cards back: what a person put on a card is on a card, whatever was done in between. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/base/errors.ts';
import { createCollection, deleteCollection } from '../../src/commands/collections.ts';
import type { Actor, Context } from '../../src/commands/context.ts';
import { mergeStoredCards } from '../../src/commands/merge-cards.ts';
import { putObject } from '../../src/commands/put-object.ts';
import { redoMerge } from '../../src/commands/redo-merge.ts';
import { type OnConflict, undoStoredMerge } from '../../src/commands/undo-merge.ts';
import type { Collection } from '../../src/store/collections.ts';
import { listMerges } from '../../src/store/merges.ts';
import { findObject, listEntries } from '../../src/store/objects.ts';
import { contextOf, sleeping } from '../jobs/night-people.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { testClock } from '../support/server.ts';

const RUNS = Number(process.env.DOUBLON_TEST_RUNS ?? 20);
const clock = testClock();
let database: FreshDatabase;
let context: Context;
beforeAll(async () => {
  database = await freshDatabase();
  context = contextOf(database.db, clock);
});
afterAll(() => database.drop());

interface World {
  readonly actor: Actor;
  readonly book: Collection;
  /** What the device that is seldom online knows: octets by name. */
  known: Map<string, string>;
  marks: number;
  readonly acknowledged: Set<string>;
  readonly trace: string[];
}

async function newWorld(): Promise<World> {
  const { actor, book } = await sleeping(context);
  const world: World = { actor, book, known: new Map(), marks: 0, acknowledged: new Set(), trace: [] };
  for (const uid of ['a', 'b', 'c']) await write(world, `${uid}.vcf`, cardOf(uid));
  world.known = await contents(world);
  return world;
}

const cardOf = (uid: string) => `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${uid}\r\nFN:Anna\r\nN:;Anna;;;\r\nEND:VCARD\r\n`;

/** Stores the text with a mark of its own. */
async function write(world: World, name: string, text: string): Promise<void> {
  const mark = `m${++world.marks}.`;
  const octets = Buffer.from(text.replace('END:VCARD', `X-MARK:${mark}\r\nEND:VCARD`));
  await putObject(context, { collection: world.book, name, octets });
  world.acknowledged.add(mark);
}

async function entries({ book }: World) {
  return listEntries(context.db, book.organisation_id, book.collection_id);
}

async function contents(world: World): Promise<Map<string, string>> {
  const { organisation_id, collection_id } = world.book;
  const found = await Promise.all(
    (await entries(world)).map(async ({ name }) => {
      const object = await findObject(context.db, organisation_id, collection_id, name);
      return [name, object!.body.toString()] as const;
    }),
  );
  return new Map(found);
}

const kinds = ['merge', 'merge', 'undo', 'undo', 'redo', 'edit', 'edit', 'know', 'bringBack', 'bringBack'] as const;
type Step = { readonly kind: (typeof kinds)[number]; readonly one: number; readonly other: number };

const merges = ({ actor }: World) => listMerges(context.db, actor.organisationId, actor.principalId, 100);

async function refusable(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

async function take(world: World, { kind, one, other }: Step): Promise<string> {
  clock.advance(1000);
  const list = await entries(world);
  const card = list[one % list.length]!;
  if (kind === 'merge') {
    const source = list[(one + 1 + other) % list.length]!;
    if (source === card) return 'nothing';
    return `${card.name}+${source.name} ${await refusable(mergeStoredCards(context, world.actor, { referenceId: card.object_id, memberIds: [source.object_id], choices: {} }))}`;
  }
  if (kind === 'undo') {
    const standing = (await merges(world)).filter(({ undone_at }) => !undone_at);
    const chosen = standing[one % Math.max(1, standing.length)];
    return chosen ? refusable(undoStoredMerge(context, world.actor, chosen.merge_id, 'keep-edits')) : 'nothing';
  }
  if (kind === 'redo') {
    const undone = (await merges(world)).filter(({ undone_at }) => undone_at);
    const chosen = undone[one % Math.max(1, undone.length)];
    return chosen ? refusable(redoMerge(context, world.actor, chosen.merge_id)) : 'nothing';
  }
  if (kind === 'edit') {
    await write(world, card.name, (await contents(world)).get(card.name)!);
    return card.name;
  }
  if (kind === 'know') {
    world.known = await contents(world);
    return '';
  }
  const gone = [...world.known].filter(([name]) => !list.some((each) => each.name === name));
  const back = gone[one % Math.max(1, gone.length)];
  if (!back) return 'nothing';
  return `${back[0]} ${await refusable(write(world, ...back))}`;
}

async function missing(world: World): Promise<string[]> {
  const live = [...(await contents(world)).values()].join('');
  return [...world.acknowledged].filter((mark) => !live.replaceAll('\r\n ', '').includes(mark));
}

/** The cards by name with what they hold beside their names, as `a: a1 b1`. */
async function shown(world: World): Promise<string> {
  const cards = [...(await contents(world))].map(([name, text]) => {
    const notes = [...text.matchAll(/^(?:X-MARK|EMAIL)[^:]*:([^\r]*)/gm)].map(([, value]) => value!.replace(/\.$/, ''));
    return `${name.replace('.vcf', '')}: ${notes.join(' ')}`.trim();
  });
  return cards.join(', ');
}

/** What is done by whom, in words: the cards are `a` with m1, `b` with m2, `c` with m3, and every later text has the next number. */
const deeds: Readonly<Record<string, (world: World, one: string, other: string) => Promise<unknown>>> = {
  merge: async (world, one, other) =>
    mergeStoredCards(context, world.actor, {
      referenceId: await idOf(world, one),
      memberIds: [await idOf(world, other)],
      choices: {},
    }),
  /** The n-th merge that was made. */
  undo: async (world, nth, onConflict) =>
    undoStoredMerge(context, world.actor, await mergeId(world, nth), (onConflict ?? 'ask') as OnConflict),
  redo: async (world, nth) => redoMerge(context, world.actor, await mergeId(world, nth)),
  edit: async (world, one) => write(world, `${one}.vcf`, (await contents(world)).get(`${one}.vcf`)!),
  /** A device stores what it knew of a card at first, with or without a text of its own. */
  bring: (world, one, how) =>
    how === 'changed'
      ? write(world, `${one}.vcf`, world.known.get(`${one}.vcf`)!)
      : putObject(context, {
          collection: world.book,
          name: `${one}.vcf`,
          octets: Buffer.from(world.known.get(`${one}.vcf`)!),
        }),
  know: async (world) => {
    world.known = await contents(world);
  },
};

const idOf = async (world: World, one: string) =>
  (await entries(world)).find(({ name }) => name === `${one}.vcf`)!.object_id;
const mergeId = async (world: World, nth: string) => (await merges(world)).at(-Number(nth))!.merge_id;

const FIRST = 'a: m1, b: m2, c: m3';
const CHAINS: readonly { readonly expected: string; readonly steps: string; readonly gives: string }[] = [
  { expected: 'the later undone, then the earlier', steps: 'merge a b, merge a c, undo 2, undo 1', gives: FIRST },
  { expected: 'the earlier not before the later', steps: 'merge a b, merge a c, undo 1', gives: 'merged-again' },
  {
    expected: 'the earlier not while its card is in another',
    steps: 'merge a b, merge c a, undo 1',
    gives: 'merged-again',
  },
  { expected: 'a ring of merges, backwards', steps: 'merge a b, merge c a, undo 2, undo 1', gives: FIRST },
  { expected: 'the undo of an undo of an undo', steps: 'merge a b, undo 1, redo 1, undo 2', gives: FIRST },
  { expected: 'the undo of an undo', steps: 'merge a b, undo 1, redo 1', gives: 'a: m1 m2, c: m3' },
  { expected: 'no undo twice', steps: 'merge a b, undo 1, undo 1', gives: 'already-undone' },
  { expected: 'no redo of what stands', steps: 'merge a b, redo 1', gives: 'not-undone' },
  {
    expected: 'an edit between to stay on its card',
    steps: 'merge a b, edit a, merge a c, undo 2, undo 1',
    gives: 'a: m1 m4, b: m2, c: m3',
  },
  {
    expected: 'an edit after both to stay on its card',
    steps: 'merge a b, merge a c, edit a, undo 2, undo 1',
    gives: 'a: m1 m4, b: m2, c: m3',
  },
  {
    expected: 'an edit after an undo to be in the merge done again',
    steps: 'merge a b, undo 1, edit b, redo 1',
    gives: 'a: m1 m2 m4, c: m3',
  },
  { expected: 'a card brought back unchanged to stay merged', steps: 'merge a b, bring b', gives: 'a: m1 m2, c: m3' },
  { expected: 'the same after the undo', steps: 'merge a b, bring b, undo 1', gives: FIRST },
  {
    expected: 'a card brought back changed to be there',
    steps: 'merge a b, bring b changed',
    gives: 'a: m1 m2, b: m2 m4, c: m3',
  },
  {
    expected: 'it to stay as it is when it lacks nothing',
    steps: 'merge a b, bring b changed, undo 1',
    gives: 'a: m1, b: m2 m4, c: m3',
  },
  {
    expected: 'to be asked when it lacks what the merge took',
    steps: 'edit b, merge a b, bring b changed, undo 1',
    gives: 'undo-conflict',
  },
  {
    expected: 'both, then, where edits are kept',
    steps: 'edit b, merge a b, bring b changed, undo 1 keep-edits',
    gives: 'a: m1, b: m2 m5 m4, c: m3',
  },
  {
    expected: 'the card of before, where that is wished',
    steps: 'edit b, merge a b, bring b changed, undo 1 restore',
    gives: 'a: m1, b: m2 m4, c: m3',
  },
  {
    expected: 'the brought one in the merge done again',
    steps: 'merge a b, bring b changed, undo 1, redo 1',
    gives: 'a: m1 m2 m4, c: m3',
  },
  {
    expected: 'the brought one merged, and that undone',
    steps: 'merge a b, bring b changed, merge a b, undo 2',
    gives: 'a: m1 m2, b: m2 m4, c: m3',
  },
  {
    expected: 'and the first undone, too',
    steps: 'merge a b, bring b changed, merge a b, undo 2, undo 1',
    gives: 'a: m1, b: m2 m4, c: m3',
  },
];

describe('whoever undoes merges expects', () => {
  it.each(CHAINS)('$expected ($steps)', async ({ steps, gives }) => {
    const world = await newWorld();
    let outcome = 'done';
    for (const step of steps.split(', ')) {
      clock.advance(1000);
      const [kind = '', one = '', other] = step.split(' ');
      outcome = await refusable(deeds[kind]!(world, one, other!));
    }
    expect(outcome === 'done' ? await shown(world) : outcome).toBe(gives);
  });

  it('a card whose book is gone in the book of the one that was kept', async () => {
    const world = await newWorld();
    const { organisation_id: organisationId, owner_id: ownerId } = world.book;
    const other = await createCollection(context, { organisationId, ownerId, kind: 'addressbook', name: 'other' });
    const octets = Buffer.from(cardOf('d').replace('END:', 'EMAIL:d@example.org\r\nEND:'));
    const { objectId } = await putObject(context, { collection: other, name: 'd.vcf', octets });
    const memberIds = [objectId];
    await mergeStoredCards(context, world.actor, { referenceId: await idOf(world, 'a'), memberIds, choices: {} });
    await deleteCollection(context, other);
    await undoStoredMerge(context, world.actor, await mergeId(world, '1'), 'ask');
    expect(await shown(world)).toBe(`${FIRST}, d: d@example.org`);
  });
});

describe('a chain of merges, undos, edits and cards brought back', () => {
  it('leaves every line on a card', async () => {
    const step = fc.record({ kind: fc.constantFrom(...kinds), one: fc.nat(5), other: fc.nat(5) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 14, size: 'max' }), async (steps) => {
        const world = await newWorld();
        for (const each of steps) {
          world.trace.push(`${each.kind} ${await take(world, each)}`);
          expect([await missing(world), world.trace.join('\n')]).toEqual([[], expect.anything()]);
        }
      }),
      { numRuns: RUNS },
    );
  });
});
