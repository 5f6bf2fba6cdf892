/** The left side: which book, look now, how many of each tier, and the ranked clusters. */
import type { SuggestionSummary } from '../../../api/contract/suggestions.ts';
import type { TierName } from '../../../api/contract/words.ts';
import { sayReasons } from '../../messages/evidence.ts';
import { say, sayNumber } from '../../messages/say.ts';
import { CollectionOptions } from '../../parts/collection-options.tsx';
import { EndlessList } from '../../parts/endless-list.tsx';
import { FirstSteps } from '../../parts/first-steps.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Failure, Waiting } from '../../parts/loaded.tsx';
import { Photo } from '../../parts/photo.tsx';
import { routeHref } from '../../router.ts';
import { addressBooks, hasCards, sharedName } from '../../session.ts';
import { Confidence, sayTier, TIERS } from './confidence.tsx';
import { ExactCopiesNote } from './exact-copies.tsx';
import { RunBar } from './run-bar.tsx';
import type { SuggestionFilter, SuggestionList } from './suggestion-list.ts';
import type { FollowedRun } from './use-run.ts';

const ROW_HEIGHT = 92;

interface ListPaneProps {
  readonly list: SuggestionList;
  readonly filter: SuggestionFilter;
  readonly run: FollowedRun;
  readonly openId: string | null;
  setFilter(filter: SuggestionFilter): void;
  /** All exact copies were merged, or that was undone. */
  exactMerged(): void;
}

export function ListPane(props: ListPaneProps) {
  const { list, filter, openId } = props;
  return (
    <section class="list-pane" aria-label={say('duplicates.list')}>
      <div class="list-head">
        <h1>{say('duplicates.title')}</h1>
        <BookChoice list={list} filter={filter} setFilter={props.setFilter} />
        <RunBar run={props.run} lastRun={list.lastRun} />
        <TierTabs list={list} filter={filter} setFilter={props.setFilter} />
        {filter.tier === 'possible' && <p class="field-hint">{say('duplicates.possibleMore')}</p>}
        {list.counts !== null && (
          <ExactCopiesNote collectionId={filter.collectionId} stamp={list.exactStamp} merged={props.exactMerged} />
        )}
      </div>
      {list.fault !== null && <Failure fault={list.fault} retry={list.reload} />}
      {list.items.length > 0 ? (
        <EndlessList
          items={list.items}
          label={say('duplicates.list')}
          rowHeight={ROW_HEIGHT}
          total={list.total}
          currentIndex={list.items.findIndex((item) => item.id === openId)}
          keyOf={(item) => item.id}
          draw={(item) => <Row item={item} open={item.id === openId} />}
          needMore={list.loadMore}
        />
      ) : list.loading ? (
        <Waiting />
      ) : (
        list.fault === null && <NothingFound list={list} filter={filter} isSearching={props.run.busy} />
      )}
    </section>
  );
}

function BookChoice(props: Pick<ListPaneProps, 'list' | 'filter' | 'setFilter'>) {
  const counted = addressBooks().map(({ id, displayName, count }) => ({
    id,
    displayName: `${displayName} (${say('cards', { n: count })})`,
  }));
  return (
    <div class="field">
      <label for="book-choice">{say('duplicates.book')}</label>
      <select
        id="book-choice"
        class="input"
        value={props.filter.collectionId ?? ''}
        onChange={(event) => props.setFilter({ ...props.filter, collectionId: event.currentTarget.value || null })}
      >
        <option value="">{say('duplicates.allBooks')}</option>
        <CollectionOptions own={counted} shared={props.list.sharedBooks} />
      </select>
      <LeftOut books={props.list.leftOutBooks} />
    </div>
  );
}

/** Books that nobody should think were searched. */
function LeftOut({ books }: { books: SuggestionList['leftOutBooks'] }) {
  if (books.length === 0) return null;
  const names = books.map(sharedName).join(', ');
  return <p class="field-hint">{say('duplicates.leftOut', { names })}</p>;
}

function TierTabs(props: Pick<ListPaneProps, 'list' | 'filter' | 'setFilter'>) {
  const { counts } = props.list;
  const found = counts === null ? null : counts.certain + counts.likely;
  const tabs: readonly { tier: TierName | null; name: string; count: number | null }[] = [
    { tier: null, name: say('tier.found'), count: found },
    ...TIERS.map((tier) => ({ tier, name: sayTier(tier), count: counts?.[tier] ?? null })),
  ];
  return (
    <fieldset class="tier-tabs">
      <legend class="visually-hidden">{say('duplicates.tiers')}</legend>
      {tabs.map(({ tier, name, count }) => (
        <button
          key={name}
          type="button"
          class="tier-tab"
          aria-pressed={props.filter.tier === tier}
          onClick={() => props.setFilter({ ...props.filter, tier })}
        >
          <strong>{count === null ? '–' : sayNumber(count)}</strong>
          <span>{name}</span>
        </button>
      ))}
    </fieldset>
  );
}

function Row(props: { item: SuggestionSummary; open: boolean }) {
  const { item } = props;
  const reference = item.members.find((card) => card.id === item.referenceId) ?? item.members[0];
  if (!reference) return null;
  return (
    <a
      class="cluster-row"
      href={routeHref({ page: 'duplicates', suggestionId: item.id })}
      aria-current={props.open ? 'true' : undefined}
    >
      <span class="photo-pile">
        {item.members.slice(0, 2).map((card) => (
          <Photo key={card.id} card={card} />
        ))}
      </span>
      <span class="cluster-words">
        <span class="cluster-name">
          <strong>{reference.displayName || say('card.nameless')}</strong>
          <span class="chip">{say('cards', { n: item.members.length })}</span>
        </span>
        <span class="cluster-reason">{sayReasons(item.reasons)}</span>
        <Confidence tier={item.tier} probability={item.probability} />
      </span>
    </a>
  );
}

type NothingFoundProps = Pick<ListPaneProps, 'list' | 'filter'> & { readonly isSearching: boolean };

function NothingFound({ list, filter, isSearching }: NothingFoundProps) {
  if (!hasCards() && list.sharedBooks.length === 0) return <FirstSteps />;
  const searched = list.lastRun !== null;
  if (isSearching && !searched) return <Waiting />;
  return (
    <div class="empty">
      <Icon name={searched ? 'check' : 'duplicates'} />
      <h2>{say(searched ? 'duplicates.none' : 'duplicates.notSearched')}</h2>
      <p class="muted">{noneMore(list, filter)}</p>
    </div>
  );
}

function noneMore({ lastRun, counts }: SuggestionList, { tier }: SuggestionFilter): string {
  if (lastRun === null) return say('duplicates.notSearchedMore');
  const possible = tier === null ? (counts?.possible ?? 0) : 0;
  return possible > 0 ? say('duplicates.possibleLeft', { n: possible }) : say('duplicates.noneMore');
}
