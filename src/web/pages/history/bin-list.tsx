/** What was deleted, book by book, each put back by one click. */
import { useState } from 'preact/hooks';
import { listDeleted } from '../../api/cards.ts';
import { say, sayMoment } from '../../messages/say.ts';
import { usePages } from '../../parts/pages.tsx';
import { useShared } from '../../parts/shared-state.ts';
import { VersionList } from '../../parts/version-list.tsx';
import { refreshCollections, session } from '../../session.ts';
import { DeletedCollections } from './deleted-collections.tsx';

export function BinList({ collectionId }: { collectionId: string }) {
  const versions = usePages((cursor, signal) => listDeleted(collectionId, cursor, signal), [collectionId]);
  const restored = () => {
    versions.reload();
    void refreshCollections();
  };
  return (
    <VersionList
      versions={versions}
      none={say('bin.none')}
      tell={({ endedAt }) => say('bin.deletedAt', { when: sayMoment(endedAt) })}
      restored={restored}
    />
  );
}

/** The bin of the book or calendar that the reader picks. */
export function BinSection() {
  const collections = useShared(session)?.collections.filter(({ fedBy }) => fedBy === null) ?? [];
  const [collectionId, setCollectionId] = useState(collections[0]?.id ?? '');
  return (
    <>
      <DeletedCollections />
      <div class="field bin-choice">
        <label for="bin-of">{say('bin.of')}</label>
        <select
          id="bin-of"
          class="input"
          value={collectionId}
          onChange={(event) => setCollectionId(event.currentTarget.value)}
        >
          {collections.map((each) => (
            <option key={each.id} value={each.id}>
              {each.displayName}
            </option>
          ))}
        </select>
      </div>
      {collectionId !== '' && <BinList key={collectionId} collectionId={collectionId} />}
    </>
  );
}
