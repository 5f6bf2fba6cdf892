/** Pieces of work that must not overlap, while those under other keys go on. */

/** Makes a queue for each key: work begins when all that was given before under its key is over, whatever became of it. */
export function oneByOne() {
  const last = new Map<string, Promise<void>>();

  return <T>(key: string, work: () => Promise<T>): Promise<T> => {
    const done = (last.get(key) ?? Promise.resolve()).then(work);
    const over = () => {
      if (last.get(key) === turn) last.delete(key);
    };
    const turn: Promise<void> = done.then(over, over);
    last.set(key, turn);
    return done;
  };
}
