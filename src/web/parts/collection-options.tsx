/** The choice of a book or calendar: the own ones, then those of others. */
import type { CollectionView } from '../../api/contract/collections.ts';
import type { SharedCollection } from '../../api/contract/shares.ts';
import { say } from '../messages/say.ts';
import { sharedName } from '../session.ts';

interface CollectionOptionsProps {
  readonly own: readonly Pick<CollectionView, 'id' | 'displayName'>[];
  readonly shared: readonly Pick<SharedCollection, 'id' | 'displayName' | 'ownerName'>[];
}

export function CollectionOptions({ own, shared }: CollectionOptionsProps) {
  return (
    <>
      {own.map((each) => (
        <option key={each.id} value={each.id}>
          {each.displayName}
        </option>
      ))}
      {shared.length > 0 && (
        <optgroup label={say('shared.title')}>
          {shared.map((each) => (
            <option key={each.id} value={each.id}>
              {sharedName(each)}
            </option>
          ))}
        </optgroup>
      )}
    </>
  );
}
