/** Calls that come while an earlier one with the same key is under way are made together, as one, when it is done. */

export interface Grouping<Item, Result> {
  /** Does the work of several calls at once; one result for each item, in order, which may be a failure of its own. */
  readonly work: (items: readonly Item[]) => Promise<readonly (Result | Promise<Result>)[]>;
  /** What an item adds to a group; a group stops growing at `most`. */
  readonly weight: (item: Item) => number;
  readonly most: number;
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly settle: (outcome: Promise<Result>) => void;
}

/**
 * Wraps `work`: the first call with a key begins at once, so that one alone never waits; the others wait for it and then share
 * one piece of work. A failure of `work` is the failure of all its calls.
 */
export function groupedCalls<Item, Result>({ work, weight, most }: Grouping<Item, Result>) {
  const queues = new Map<string, Waiting<Item, Result>[]>();

  function nextGroup(queue: Waiting<Item, Result>[]): Waiting<Item, Result>[] {
    let sum = 0;
    const end = queue.findIndex(({ item }, at) => {
      sum += weight(item);
      return at > 0 && sum > most;
    });
    return queue.splice(0, end < 0 ? queue.length : end);
  }

  async function workOff(key: string, queue: Waiting<Item, Result>[]): Promise<void> {
    while (queue.length > 0) {
      const group = nextGroup(queue);
      const results = work(group.map(({ item }) => item));
      group.forEach(({ settle }, at) => {
        settle(results.then((all) => all[at]!));
      });
      await results.catch(() => {});
    }
    queues.delete(key);
  }

  const call = (key: string, item: Item): Promise<Result> =>
    new Promise((settle) => {
      const busy = queues.get(key);
      const waiting = { item, settle };
      if (busy) return void busy.push(waiting);
      const queue = [waiting];
      queues.set(key, queue);
      void workOff(key, queue);
    });
  /** True while a call with the key is under way: the next one would wait. */
  const isBusy = (key: string): boolean => queues.has(key);
  return Object.assign(call, { isBusy });
}
