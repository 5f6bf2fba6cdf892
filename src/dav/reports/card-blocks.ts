/** The cards of a book's index in blocks, so that a search passes over those in whose values its words do not stand. */
import type { CollationName } from '../../base/collation.ts';
import type { IndexedCard } from '../../store/card-indexes.ts';
import { type KeysTogether, keysOf } from '../../vcard/index-filter.ts';

/** Never changed: a search that pauses goes on with the cards that it began with. */
export interface CardBlock {
  readonly cards: readonly IndexedCard[];
  /** What was asked of it before, by property and collation. */
  readonly keys: Map<string, string | undefined>;
}

/** Cards of a block: few, since those that are found may lie in as many blocks. */
const BLOCK = 100;

export interface CardBlocks {
  readonly blocks: CardBlock[];
  /** Where each card is, by name. */
  readonly placeOf: Map<string, number>;
  /** The block that takes new cards while it has room. */
  open: number;
}

export const noBlocks = (): CardBlocks => ({ blocks: [], placeOf: new Map(), open: 0 });

const blockOf = (cards: readonly IndexedCard[]): CardBlock => ({ cards, keys: new Map() });

/** Adds cards none of which is there yet. */
export function addCards({ blocks, placeOf }: CardBlocks, cards: readonly IndexedCard[]): void {
  for (let from = 0; from < cards.length; from += BLOCK) {
    const block = blockOf(cards.slice(from, from + BLOCK));
    for (const { name } of block.cards) placeOf.set(name, blocks.length);
    blocks.push(block);
  }
}

/** The card of that name. */
export function cardNamed({ blocks, placeOf }: CardBlocks, name: string): IndexedCard | undefined {
  const at = placeOf.get(name);
  return at === undefined ? undefined : blocks[at]!.cards.find((card) => card.name === name);
}

/** Adds the card, or puts it in the place of the one with its name. */
export function putCard(all: CardBlocks, card: IndexedCard): void {
  const { blocks, placeOf } = all;
  const at = placeOf.get(card.name);
  if (at !== undefined) {
    blocks[at] = blockOf(blocks[at]!.cards.map((each) => (each.name === card.name ? card : each)));
    return;
  }
  if ((blocks[all.open]?.cards.length ?? 0) >= BLOCK) all.open = emptyBlock(blocks);
  blocks[all.open] = blockOf([...(blocks[all.open]?.cards ?? []), card]);
  placeOf.set(card.name, all.open);
}

/** Takes the card of that name out. */
export function removeCard({ blocks, placeOf }: CardBlocks, name: string): void {
  const at = placeOf.get(name);
  if (at === undefined) return;
  blocks[at] = blockOf(blocks[at]!.cards.filter((card) => card.name !== name));
  placeOf.delete(name);
}

/** One that has become empty before a new one, so that cards that come and go do not add up. */
function emptyBlock(blocks: readonly CardBlock[]): number {
  const empty = blocks.findIndex(({ cards }) => cards.length === 0);
  return empty < 0 ? blocks.length : empty;
}

/** The keys of a block's cards, made when they are asked for the first time. */
export const keysIn =
  ({ cards, keys }: CardBlock): KeysTogether =>
  (property, collation) => {
    const wanted = `${property} ${collation}`;
    if (!keys.has(wanted)) keys.set(wanted, joinedKeys(cards, property, collation));
    return keys.get(wanted);
  };

function joinedKeys(cards: readonly IndexedCard[], property: string, collation: CollationName): string | undefined {
  const all: string[] = [];
  for (const { index } of cards) {
    const keys = keysOf(index, property, collation);
    if (keys === undefined) return undefined;
    all.push(keys);
  }
  return all.join('\n');
}
