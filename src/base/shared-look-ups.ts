/** Look-ups that many ask for at once are made once for all of them, without giving anybody an answer from before the question. */

/**
 * Wraps a look-up: calls with one key share it, each call one that begins no earlier than itself. The first call begins at
 * once; those that come while it is under way share the next.
 */
export function sharedLookUps<Asked extends readonly unknown[], Found>(lookUp: (...asked: Asked) => Promise<Found>) {
  const running = new Map<string, Promise<Found>>();
  const waiting = new Map<string, Promise<Found>>();

  function begin(key: string, asked: Asked): Promise<Found> {
    const begun = lookUp(...asked).finally(() => running.delete(key));
    running.set(key, begun);
    return begun;
  }

  return (key: string, ...asked: Asked): Promise<Found> => {
    const current = running.get(key);
    if (!current) return begin(key, asked);
    const after = () => {
      waiting.delete(key);
      return begin(key, asked);
    };
    const next = waiting.get(key) ?? current.then(after, after);
    waiting.set(key, next);
    return next;
  };
}
