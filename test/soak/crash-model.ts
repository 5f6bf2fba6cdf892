/** What a client knows of objects on a server that may die at any moment: what was acknowledged, and what was under way. */

/** Octets, or undefined where nothing is. */
export type Content = string | undefined;

export interface Known {
  acknowledged: Content;
  /** Sent, and no answer seen: may or may not have happened. */
  pending?: { readonly content: Content };
}

export type Ledger = Map<string, Known>;

/** Notes that `content` is being sent for a path; call what it returns when the server has acknowledged it. */
export function sending(ledger: Ledger, path: string, content: Content): () => void {
  const known = ledger.get(path) ?? { acknowledged: undefined };
  ledger.set(path, known);
  known.pending = { content };
  return () => {
    known.acknowledged = content;
    delete known.pending;
  };
}

/** Compares the ledger with what is there, and takes that over; returns one line for each path that is not as it may be. */
export function settle(ledger: Ledger, there: ReadonlyMap<string, string>): string[] {
  const faults: string[] = [];
  for (const [path, known] of ledger) {
    const found = there.get(path);
    const allowed = found === known.acknowledged || (known.pending && found === known.pending.content);
    if (!allowed) {
      const pending = known.pending ? JSON.stringify(known.pending.content) : 'nothing';
      faults.push(
        `${path}: found ${JSON.stringify(found)}, acknowledged ${JSON.stringify(known.acknowledged)}, pending ${pending}`,
      );
    }
    known.acknowledged = found;
    delete known.pending;
  }
  for (const path of there.keys()) if (!ledger.has(path)) faults.push(`${path}: nobody sent it`);
  return faults;
}
