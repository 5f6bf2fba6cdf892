/** What lets a sender write in a collection of its own, judged by the very statement that writes. */
import type { Collection } from './collections.ts';

/** As it was when the sender was last let in. Whatever of it no longer holds is looked up anew, and said exactly. */
export interface Admission {
  /** The name that was given, and the public first part of the secret where that is an app password. */
  readonly loginName: string;
  readonly selector: string | undefined;
  /** What the secret was verified against. */
  readonly hash: string;
  /** Name of the principal, which the path holds. */
  readonly name: string;
  readonly collection: Pick<Collection, 'kind' | 'name' | 'region' | 'components'>;
}

/** Conditions, with the organisation as `$1`, the collection as `$2` and its owner, who is the sender, as `$7`. */
export interface Admitting {
  readonly sender: string;
  /** In an update of the collection's row. */
  readonly collection: string;
}

/** The conditions, with the values of `valuesOfAdmission` from `$first` on. They are those of `findCredential` and of the path. */
export function admittingFrom(first: number): Admitting {
  const [given, small, selector, hash, name, kind, place, region, components] = Array.from(
    { length: 9 },
    (_, index) => `$${first + index}`,
  );
  return {
    sender: `not exists (select 1 from lock where lock.organisation_id = $1)
      and $7 = (select l.principal_id from login l where l.name in (${given}, ${small}) order by l.name = ${given} desc limit 1)
      and exists (select 1 from principal p
        left join app_password a on a.organisation_id = $1 and a.principal_id = p.principal_id and a.selector = ${selector}
        where p.organisation_id = $1 and p.principal_id = $7 and p.name = ${name} and p.disabled_at is null
          and coalesce(a.hash, p.password_hash) = ${hash}
          and (a.hash is not null or not (p.password_temporary or p.second_factor)))`,
    collection: `owner_id = $7 and kind = ${kind} and name = ${place} and fed_by is null
      and region is not distinct from ${region} and components is not distinct from ${components}::text[]`,
  };
}

export function valuesOfAdmission({ loginName, selector, hash, name, collection }: Admission): readonly unknown[] {
  const { kind, name: place, region, components } = collection;
  return [loginName, loginName.toLowerCase(), selector ?? null, hash, name, kind, place, region, components];
}
