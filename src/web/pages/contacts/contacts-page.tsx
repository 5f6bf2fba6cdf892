/** All cards by name: one book or all, searched as the reader types, with one card opened beside the list. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { CardPage, CardSummary } from '../../../api/contract/cards.ts';
import { listCards } from '../../api/collections.ts';
import { say } from '../../messages/say.ts';
import { useCollectionGone } from '../../parts/collection-gone.ts';
import { CollectionOptions } from '../../parts/collection-options.tsx';
import { EndlessList } from '../../parts/endless-list.tsx';
import { FirstSteps } from '../../parts/first-steps.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Failure, Waiting } from '../../parts/loaded.tsx';
import { Photo } from '../../parts/photo.tsx';
import { useSettled } from '../../parts/settled.ts';
import { type Route, routeHref } from '../../router.ts';
import { addressBooks, collectionName, hasCards, sharedBooks, sharedCollection, useShares } from '../../session.ts';
import { NewCard } from './card-editor.tsx';
import { CardPane } from './card-pane.tsx';

/** Stands in the address where the id of a card does. */
const NEW = 'new';
const ROW_HEIGHT = 64;
const PAGE = 100;
const TYPING_PAUSE = 200;

export function ContactsPage(props: { route: Route }) {
  useShares();
  const cardId = props.route.page === 'contacts' ? props.route.cardId : null;
  const [book, setBook] = useState('');
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim(), TYPING_PAUSE);
  const cards = useCards(book, search);
  useCollectionGone(cards.fault, () => setBook(''));
  return (
    <div class={`review ${cardId === null ? 'review-list' : 'review-open'}`}>
      <section class="list-pane" aria-label={say('nav.contacts')}>
        <Search typed={typed} setTyped={setTyped} book={book} setBook={setBook} total={cards.total} />
        {cards.fault !== null && <Failure fault={cards.fault} retry={cards.reload} />}
        {cards.items.length > 0 ? (
          <EndlessList
            items={cards.items}
            label={say('nav.contacts')}
            rowHeight={ROW_HEIGHT}
            total={cards.total ?? cards.items.length}
            currentIndex={-1}
            keyOf={(card) => card.id}
            draw={(card) => <Row card={card} open={card.id === cardId} />}
            needMore={cards.loadMore}
          />
        ) : cards.total === null ? (
          cards.fault === null && <Waiting />
        ) : (
          <NoCards search={search} />
        )}
      </section>
      {cardId === null ? (
        <div class="cluster-pane cluster-none">
          <div class="empty">
            <Icon name="people" />
            <p class="muted">{say('contacts.choose')}</p>
          </div>
        </div>
      ) : cardId === NEW ? (
        <NewCard book={book} changed={cards.reload} />
      ) : (
        <CardPane key={cardId} cardId={cardId} changed={cards.reload} />
      )}
    </div>
  );
}

interface SearchProps {
  readonly typed: string;
  readonly book: string;
  /** Cards found; null while that is not known. */
  readonly total: number | null;
  setTyped(typed: string): void;
  setBook(book: string): void;
}

function Search({ typed, book, total, setTyped, setBook }: SearchProps) {
  return (
    <div class="list-head">
      <div class="row">
        <h1>{say('nav.contacts')}</h1>
        <a class="button button-small push" href={routeHref({ page: 'contacts', cardId: NEW })}>
          <Icon name="plus" size={16} />
          {say('card.new')}
        </a>
      </div>
      <div class="field">
        <label for="search">{say('contacts.search')}</label>
        <input
          id="search"
          type="search"
          class="input"
          value={typed}
          maxLength={200}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <select
        class="input"
        aria-label={say('duplicates.book')}
        value={book}
        onChange={(event) => setBook(event.currentTarget.value)}
      >
        <option value="">{say('duplicates.allBooks')}</option>
        <CollectionOptions own={addressBooks()} shared={sharedBooks()} />
      </select>
      <p class="small muted" role="status">
        {total === null ? '' : say('cards', { n: total })}
      </p>
    </div>
  );
}

function Row(props: { card: CardSummary; open: boolean }) {
  const { card } = props;
  const detail = card.organisation ?? card.emails[0] ?? card.phones[0] ?? '';
  const book = sharedCollection(card.collectionId) && collectionName(card.collectionId);
  return (
    <a
      class="cluster-row contact-row"
      href={routeHref({ page: 'contacts', cardId: card.id })}
      aria-current={props.open ? 'true' : undefined}
    >
      <Photo card={card} />
      <span class="cluster-words">
        <strong class="one-line">{card.displayName || say('card.nameless')}</strong>
        <span class="small muted one-line">{[book, detail].filter(Boolean).join(' · ')}</span>
      </span>
    </a>
  );
}

interface CardsState {
  readonly items: readonly CardSummary[];
  readonly page: CardPage | null;
  readonly fault: unknown;
}

function useCards(book: string, search: string) {
  const [state, setState] = useState<CardsState>({ items: [], page: null, fault: null });
  const latest = useRef(state);
  latest.current = state;
  const control = useRef<AbortController | null>(null);
  const load = useCallback(
    async (items: readonly CardSummary[], cursor: string | null) => {
      control.current?.abort();
      const mine = new AbortController();
      control.current = mine;
      const query = {
        limit: PAGE,
        ...(book === '' ? {} : { collectionId: book }),
        ...(search === '' ? {} : { search }),
        ...(cursor === null ? {} : { cursor }),
      };
      try {
        const page = await listCards(query, mine.signal);
        if (!mine.signal.aborted) setState({ items: [...items, ...page.items], page, fault: null });
      } catch (fault) {
        if (!mine.signal.aborted) setState((before) => ({ ...before, fault }));
      }
    },
    [book, search],
  );
  useEffect(() => {
    void load([], null);
    return () => control.current?.abort();
  }, [load]);
  return {
    items: state.items,
    total: state.page?.total ?? null,
    fault: state.fault,
    reload: () => void load([], null),
    loadMore: () => {
      const { items, page } = latest.current;
      if (page?.nextCursor) void load(items, page.nextCursor);
    },
  };
}

/** None at all, none in this book, or none that the search finds. */
function NoCards({ search }: { search: string }) {
  if (!hasCards()) return <FirstSteps />;
  return <p class="empty muted">{say(search === '' ? 'contacts.none' : 'contacts.noneFound')}</p>;
}
