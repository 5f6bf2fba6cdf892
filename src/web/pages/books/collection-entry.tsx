/** One address book or calendar in the list, and what can be done with it. */
import type { CollectionView } from '../../../api/contract/collections.ts';
import { exportUrl } from '../../api/collections.ts';
import { type PlainKey, say } from '../../messages/say.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { Menu } from '../../parts/menu.tsx';

export type Deed = 'import' | 'edit' | 'share' | 'publish' | 'bin' | 'restore' | 'delete';

interface DeedEntry {
  readonly deed: Deed;
  readonly icon: IconName;
  readonly text: PlainKey;
  /** Only for what people write themselves, not what the server fills. */
  readonly written: boolean;
}

const DEEDS: readonly DeedEntry[] = [
  { deed: 'edit', icon: 'edit', text: 'books.edit', written: false },
  { deed: 'share', icon: 'people', text: 'share.do', written: false },
  { deed: 'publish', icon: 'link', text: 'publish.do', written: false },
  { deed: 'bin', icon: 'bin', text: 'bin.title', written: true },
  { deed: 'restore', icon: 'history', text: 'restore.do', written: true },
  { deed: 'delete', icon: 'close', text: 'books.delete', written: true },
];

interface CollectionEntryProps {
  readonly collection: CollectionView;
  ask(deed: Deed): void;
}

export function CollectionEntry({ collection, ask }: CollectionEntryProps) {
  const name = collection.displayName;
  const of = (text: string) => say('books.of', { deed: text, name });
  const deeds = DEEDS.filter(({ written }) => !written || collection.fedBy === null);
  return (
    <li class="entry">
      <CollectionDot collection={collection} />
      <div class="entry-words">
        <strong>{name}</strong>
        <p class="small muted">
          {sayCount(collection)}
          {collection.description ? ` · ${collection.description}` : ''}
        </p>
      </div>
      <div class="row entry-deeds">
        <ExportLink collection={collection} />
        {collection.fedBy === null && (
          <button
            type="button"
            class="button button-quiet button-small"
            aria-label={of(say('books.import'))}
            onClick={() => ask('import')}
          >
            <Icon name="import" size={16} />
            {say('books.import')}
          </button>
        )}
        <Menu label={of(say('books.more'))}>
          {deeds.map(({ deed, icon, text }) => (
            <button
              key={deed}
              type="button"
              class={deed === 'delete' ? 'menu-item button-danger' : 'menu-item'}
              aria-label={of(say(text))}
              onClick={() => ask(deed)}
            >
              <Icon name={icon} size={16} />
              {say(text)}
            </button>
          ))}
        </Menu>
      </div>
    </li>
  );
}

/** How much is in it. */
export const sayCount = ({ kind, count }: Pick<CollectionView, 'kind' | 'count'>): string =>
  say(kind === 'calendar' ? 'events' : 'cards', { n: count });

export function ExportLink({ collection }: { collection: Pick<CollectionView, 'id' | 'kind' | 'displayName'> }) {
  return (
    <a
      class="button button-quiet button-small"
      href={exportUrl(collection.id)}
      download={`${collection.displayName}.${collection.kind === 'calendar' ? 'ics' : 'vcf'}`}
      aria-label={say('books.of', { deed: say('books.export'), name: collection.displayName })}
    >
      <Icon name="export" size={16} />
      {say('books.export')}
    </a>
  );
}

/** Its colour, or what it is where it has none. */
export function CollectionDot({ collection }: { collection: Pick<CollectionView, 'color' | 'kind'> }) {
  return (
    <span
      class="colour-dot"
      style={collection.color ? { background: collection.color.slice(0, 7) } : {}}
      aria-hidden="true"
    >
      {collection.color ? null : <Icon name={collection.kind === 'calendar' ? 'calendar' : 'book'} />}
    </span>
  );
}
