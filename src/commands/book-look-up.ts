/** Who holds which key of an owner's book, be it large or small. */
import type { Db } from '../store/database.ts';
import type { Owner } from './context.ts';
import { type KeyLookUp, makeKeyLookUp } from './key-look-up.ts';
import { makeNotedLookUp, type NotedChange } from './noted-look-up.ts';

export interface LookedUpBook {
  /** It keeps rows of its keys. */
  readonly keyed: boolean;
  /** Books of others are compared with it. */
  readonly shared: boolean;
}

/** `change`: what became of cards since they were noted; rows of keys must tell of it already. */
export function makeBookLookUp(db: Db, owner: Owner, { keyed, shared }: LookedUpBook, change?: NotedChange): KeyLookUp {
  if (!keyed) return makeNotedLookUp(db, owner, change);
  return makeKeyLookUp(db, { organisationId: owner.organisationId, ownerId: owner.principalId, shared });
}
