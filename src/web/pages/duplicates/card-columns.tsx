/** The cards side by side: a column for each card, a row for each field, the reference card as it will be. */
import { useEffect, useRef } from 'preact/hooks';
import type { CardDetail } from '../../../api/contract/cards.ts';
import type { Preview } from '../../../api/contract/merges.ts';
import type { SuggestionDetail } from '../../../api/contract/suggestions.ts';
import { sayProperty } from '../../messages/fields.ts';
import { say, sayMoment } from '../../messages/say.ts';
import { Icon } from '../../parts/icon.tsx';
import { Photo } from '../../parts/photo.tsx';
import { collectionName, sharedName } from '../../session.ts';
import { columnClass } from './column-class.ts';
import type { ShownRow } from './comparison.ts';
import { AdditionLine, FieldCell } from './field-cell.tsx';
import type { Cluster } from './use-cluster.ts';

interface CardColumnsProps {
  readonly cluster: Cluster;
  readonly detail: SuggestionDetail;
  readonly rows: readonly ShownRow[];
  /** Additions that no row shows. */
  readonly more: readonly Preview['fields'][number][];
}

export function CardColumns(props: CardColumnsProps) {
  const { cluster, detail, rows, more } = props;
  const numberOf = new Map(detail.cards.map((card, index) => [card.id, index + 1]));
  const numbers = (ids: readonly string[]) => ids.map((id) => numberOf.get(id) ?? 0).filter((number) => number > 0);
  const additions = rows.reduce((sum, row) => sum + row.additions.length, 0) + more.length;
  const table = useColumnClicks(cluster);
  return (
    <section class="columns-scroll" aria-label={say('columns.label')}>
      <table ref={table} class="columns" style={{ '--cards': String(detail.cards.length) }}>
        <thead>
          <tr class="columns-row columns-head">
            <td class="row-name small muted">{say('columns.choose')}</td>
            {detail.cards.map((card, index) => (
              <ColumnHead key={card.id} card={card} number={index + 1} cluster={cluster} additions={additions} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} class={`columns-row state-${row.state} ${row.continued ? 'row-continued' : ''}`}>
              <th scope="row" class="row-name">
                <span class={row.continued ? 'visually-hidden' : ''}>{sayProperty(row.property)}</span>
                <StateTag row={row} />
              </th>
              {row.cells.map((cell) => (
                <FieldCell key={cell.cardId} row={row} cell={cell} cluster={cluster} numbers={numbers} />
              ))}
            </tr>
          ))}
          {more.length > 0 && (
            <tr class="columns-row">
              <th scope="row" class="row-name">
                {say('columns.alsoAdded')}
              </th>
              {detail.cards.map((card) => (
                <td key={card.id} data-card={card.id} class={columnClass(card.id, cluster)}>
                  {card.id === cluster.referenceId &&
                    more.map((field, index) => (
                      <AdditionLine
                        key={index}
                        text={`${sayProperty(field.property)}: ${field.text}`}
                        from={numbers(field.fromCardIds)}
                      />
                    ))}
                </td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </section>
  );
}

/** A click anywhere in a column chooses its card; for the keyboard the radio button in its head does. */
function useColumnClicks(cluster: Cluster) {
  const table = useRef<HTMLTableElement>(null);
  const latest = useRef(cluster);
  latest.current = cluster;
  useEffect(() => {
    const clicked = (event: MouseEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      const cardId = target?.closest<HTMLElement>('[data-card]')?.dataset.card;
      const selecting = getSelection()?.isCollapsed === false;
      if (cardId === undefined || selecting || target?.closest('label, input, a')) return;
      latest.current.chooseReference(cardId);
    };
    table.current?.addEventListener('click', clicked);
    return () => table.current?.removeEventListener('click', clicked);
  }, []);
  return table;
}

function StateTag(props: { row: ShownRow }) {
  const { state } = props.row;
  return (
    <span class={`state-tag state-${state}`}>
      <Icon name={state} size={14} />
      {say(`state.${state}`)}
    </span>
  );
}

/** The book of a card, with whose it is when it is somebody else's. */
function bookName(card: CardDetail, cluster: Cluster): string {
  const shared = cluster.detail?.sharedBooks.find((book) => book.id === card.collectionId);
  return shared ? sharedName(shared) : collectionName(card.collectionId);
}

/** Nothing while it is not known yet, or cannot be. */
function sayAdditions({ shownPreview }: Cluster, additions: number): string {
  if (shownPreview === null) return '';
  return additions === 0 ? say('columns.nothingAdded') : say('columns.added', { n: additions });
}

interface ColumnHeadProps {
  readonly card: CardDetail;
  readonly number: number;
  readonly cluster: Cluster;
  readonly additions: number;
}

function ColumnHead({ card, number, cluster, additions }: ColumnHeadProps) {
  const isReference = card.id === cluster.referenceId;
  const readOnly = cluster.readOnlyIds.has(card.id);
  const name = card.displayName || say('card.nameless');
  return (
    <th scope="col" data-card={card.id} class={`${columnClass(card.id, cluster)} column-head`}>
      <label class="card-choice">
        <input
          type="radio"
          name="reference"
          class="visually-hidden"
          checked={isReference}
          disabled={readOnly}
          aria-label={say('columns.makeReference', { number, name })}
          onChange={() => cluster.chooseReference(card.id)}
        />
        <span class="card-choice-face">
          <Photo card={card} size="large" />
          <span class="card-choice-words">
            <span class="card-choice-name">
              <span class="card-number" aria-hidden="true">
                {number}
              </span>
              {name}
            </span>
            <span class="small muted">
              {[bookName(card, cluster), sayMoment(card.modifiedAt, 'date')].filter(Boolean).join(' · ')}
            </span>
            {!readOnly && (
              <span class={isReference ? 'reference-badge' : 'reference-offer'}>
                {isReference && <Icon name="star" size={14} />}
                {say(isReference ? 'columns.reference' : 'columns.offer')}
              </span>
            )}
          </span>
        </span>
      </label>
      {readOnly ? (
        <p class="taking small muted">{say('columns.readOnly')}</p>
      ) : isReference ? (
        <p class="taking small" aria-live="polite">
          {sayAdditions(cluster, additions)}
        </p>
      ) : (
        <label class="check taking small">
          <input
            type="checkbox"
            checked={cluster.tickedIds.has(card.id)}
            aria-label={say('columns.takeCard', { number, name })}
            onChange={(event) => cluster.tick(card.id, event.currentTarget.checked)}
          />
          {say('columns.take')}
        </label>
      )}
    </th>
  );
}
