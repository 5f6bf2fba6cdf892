/** A list that comes page by page, as entries of a panel: what is said when it is empty, and the way to more. */
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';
import { Failure, Waiting } from './loaded.tsx';
import { MoreButton, type Pages } from './pages.tsx';

interface PagedEntriesProps<T> {
  readonly pages: Pages<T>;
  readonly label: string;
  readonly empty: string;
  /** Stands beside `empty` where the list is all there is on the page. */
  readonly icon?: IconName;
  draw(item: T): ComponentChildren;
}

export function PagedEntries<T>({ pages, label, empty, icon, draw }: PagedEntriesProps<T>) {
  const { items, fault, loading, reload } = pages;
  return (
    <>
      {fault !== null && <Failure fault={fault} retry={reload} />}
      {items.length === 0 && loading && <Waiting />}
      {pages.empty && !loading && <Empty text={empty} icon={icon} />}
      {items.length > 0 && (
        <ul class="panel entries" aria-label={label} aria-busy={loading}>
          {items.map(draw)}
        </ul>
      )}
      <div class="row">
        <MoreButton pages={pages} />
      </div>
    </>
  );
}

function Empty({ text, icon }: { text: string; icon: IconName | undefined }) {
  if (icon === undefined) return <p class="panel section muted">{text}</p>;
  return (
    <div class="empty">
      <Icon name={icon} />
      <p class="muted">{text}</p>
    </div>
  );
}
