/** What users have decided about pairs, and when new evidence asks again. */
import type { LinkedPair } from './clustering/linked-cards.ts';
import type { ContactRecord, Decision, PairScore } from './types.ts';

/** Identifiers that speak for one person: mobile numbers and personal mailboxes on both cards. */
export function strongIdentifiers(a: ContactRecord, b: ContactRecord): string[] {
  const found: string[] = [];
  for (const phone of a.phones)
    if (!phone.shared && phone.use !== 'fixed' && b.phones.some((other) => other.number === phone.number))
      found.push(phone.number);
  for (const email of a.emails)
    if (!email.role && b.emails.some((other) => other.mailbox === email.mailbox)) found.push(email.mailbox);
  return found.sort();
}

export interface PairDecisions {
  forbids(a: string, b: string): boolean;
  reopened(a: string, b: string): boolean;
  /** Dismissed pairs that have no score of their own: they still keep clusters apart. */
  forbidden(pairs: readonly PairScore[]): LinkedPair[];
}

const pairId = (a: string, b: string): string => (a < b ? `${a}\n${b}` : `${b}\n${a}`);

/** Looks decisions up by pair. A decision about a card that is gone says nothing. */
export function dismissalOf(
  decisions: readonly Decision[],
  records: ReadonlyMap<string, ContactRecord>,
): PairDecisions {
  const forbidden = new Map<string, Decision>();
  const reopened = new Set<string>();
  for (const decision of decisions) {
    const [a, b] = [records.get(decision.a), records.get(decision.b)];
    if (!a || !b) continue;
    const fresh = strongIdentifiers(a, b).some((identifier) => !decision.known.includes(identifier));
    if (fresh) reopened.add(pairId(a.id, b.id));
    else forbidden.set(pairId(a.id, b.id), decision);
  }
  return {
    // most books have no decisions at all: no text is made for their pairs
    forbids: (a, b) => forbidden.size > 0 && forbidden.has(pairId(a, b)),
    reopened: (a, b) => reopened.size > 0 && reopened.has(pairId(a, b)),
    forbidden: (pairs) => {
      if (forbidden.size === 0) return [];
      const scored = new Set(pairs.map((pair) => pairId(pair.a, pair.b)));
      const rest: LinkedPair[] = [];
      for (const [id, { a, b }] of forbidden) if (!scored.has(id)) rest.push({ a, b, weight: 0, never: true });
      return rest;
    },
  };
}
