/** Books and calendars that others share with the reader. */
import type { SharedCollection } from '../../../api/contract/shares.ts';
import { say } from '../../messages/say.ts';
import { CopyLine } from '../../parts/copy.tsx';
import { session, useShares } from '../../session.ts';
import { CollectionDot, ExportLink, sayCount } from './collection-entry.tsx';

/** Nothing where nobody shares anything. */
export function SharedSection() {
  useShares();
  const items = session.get()?.shared ?? [];
  if (items.length === 0) return null;
  return (
    <section class="stack">
      <h2>{say('shared.title')}</h2>
      <p class="small muted">{say('shared.explain')}</p>
      <ul class="panel entries">
        {items.map((each) => (
          <SharedEntry key={each.id} shared={each} />
        ))}
      </ul>
    </section>
  );
}

function SharedEntry({ shared }: { shared: SharedCollection }) {
  const { displayName: name, ownerName, may } = shared;
  return (
    <li class="entry">
      <CollectionDot collection={shared} />
      <div class="entry-words">
        <strong>{name}</strong>
        <p class="small muted">
          {[say('shared.by', { name: ownerName }), say(`share.${may}`), shared.readable ? sayCount(shared) : '']
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      {shared.readable && (
        <div class="row entry-deeds">
          <ExportLink collection={shared} />
        </div>
      )}
      <div class="entry-wide">
        <CopyLine
          label={say('books.of', { deed: say('share.addressOf'), name })}
          text={new URL(shared.path, document.baseURI).href}
        />
      </div>
    </li>
  );
}
