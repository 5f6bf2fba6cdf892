/** One value of one card: how it relates to the reference's, the choice to keep it, and what comes in beside it. */
import type { FieldCell as Cell } from '../../../api/contract/field-rows.ts';
import { photoUrl } from '../../api/collections.ts';
import { sayTypes } from '../../messages/fields.ts';
import { say } from '../../messages/say.ts';
import { Icon } from '../../parts/icon.tsx';
import { columnClass } from './column-class.ts';
import type { ShownRow } from './comparison.ts';
import type { Cluster } from './use-cluster.ts';

interface FieldCellProps {
  readonly row: ShownRow;
  readonly cell: Cell;
  readonly cluster: Cluster;
  /** Column numbers of cards. */
  numbers(cardIds: readonly string[]): readonly number[];
}

export function FieldCell({ row, cell, cluster, numbers }: FieldCellProps) {
  const isReference = cell.cardId === cluster.referenceId;
  const takesPart = cluster.tickedIds.has(cell.cardId);
  const additions = isReference ? row.additions : [];
  return (
    <td
      data-card={cell.cardId}
      class={`${columnClass(cell.cardId, cluster)} mark-${takesPart ? cell.state : 'missing'}`}
    >
      {cell.state !== 'missing' ? (
        <Held row={row} cell={cell} cluster={cluster} />
      ) : (
        additions.length === 0 && (
          <span class="nothing">
            <span aria-hidden="true">–</span>
            <span class="visually-hidden">{say('columns.empty')}</span>
          </span>
        )
      )}
      {additions.map((addition, index) => (
        <AdditionLine
          key={index}
          text={addition.text}
          types={sayTypes(addition.types, addition.label)}
          photo={row.property === 'PHOTO' ? photoOf(cluster, addition.fromCardIds[0] ?? '') : undefined}
          from={numbers(addition.fromCardIds)}
          inPlace={addition.inPlace}
        />
      ))}
    </td>
  );
}

/** A value that is there; with a radio button where the reader may keep one of several. */
function Held({ row, cell, cluster }: Pick<FieldCellProps, 'row' | 'cell' | 'cluster'>) {
  if (!row.choices.includes(cell.cardId)) return <Value cell={cell} cluster={cluster} />;
  const chosenId = cluster.choices[row.property] ?? cluster.referenceId;
  const keptId = row.choices.includes(chosenId) ? chosenId : row.choices[0];
  return (
    <label class={cell.cardId === keptId ? 'keep-choice kept' : 'keep-choice'}>
      <input
        type="radio"
        name={`keep ${row.property}`}
        checked={cell.cardId === keptId}
        onChange={() => cluster.chooseValue(row.settles, cell.cardId)}
      />
      <Value cell={cell} cluster={cluster} />
      <span class="visually-hidden">{say('columns.keepThis')}</span>
    </label>
  );
}

function Value({ cell, cluster }: Pick<FieldCellProps, 'cell' | 'cluster'>) {
  const types = cell.photo ? '' : sayTypes(cell.types, cell.label);
  return (
    <span class="value">
      {cell.state !== 'missing' && cluster.tickedIds.has(cell.cardId) && (
        <span class={`mark-icon state-${cell.state}`}>
          <Icon name={cell.state} size={13} />
          <span class="visually-hidden">{say(`state.${cell.state}`)}: </span>
        </span>
      )}
      <span class="value-text">
        {cell.photo && cell.photo.link === null ? (
          <img class="value-photo" src={photoOf(cluster, cell.cardId)} alt={say('field.photo')} loading="lazy" />
        ) : (
          <Breakable text={cell.text} />
        )}
        {types && <span class="value-types">{types}</span>}
        {cell.alsoWritten.map((text) => (
          <span key={text} class="value-types">
            {say('columns.alsoWritten', { text })}
          </span>
        ))}
      </span>
    </span>
  );
}

/** Address of the picture on a card of the cluster. */
function photoOf(cluster: Cluster, cardId: string): string {
  return photoUrl(cardId, cluster.detail?.cards.find((card) => card.id === cardId)?.etag ?? '');
}

/** Text that may go on in the next line behind the signs of addresses, so that a word is cut last. */
function Breakable({ text }: { text: string }) {
  const pieces = text.split(/(?<=[@./_-])(?=[^\s/])/);
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [<wbr key={index} />, piece]));
}

interface AdditionLineProps {
  readonly text: string;
  readonly types?: string;
  readonly from: readonly number[];
  readonly inPlace?: boolean;
  /** Address of the picture that the value is. */
  readonly photo?: string | undefined;
}

/** A value that the merge brings onto the reference card. */
export function AdditionLine({ text, types, from, inPlace, photo }: AdditionLineProps) {
  return (
    <p class="addition fades-in">
      <Icon name={inPlace ? 'next' : 'plus'} size={14} />
      <span class="value-text">
        <span class="visually-hidden">{say(inPlace ? 'columns.becomes' : 'columns.willBeAdded')}: </span>
        {photo === undefined ? (
          <Breakable text={text} />
        ) : (
          <img class="value-photo" src={photo} alt={say('field.photo')} loading="lazy" />
        )}
        {types && photo === undefined && <span class="value-types">{types}</span>}
      </span>
      {from.length > 0 && (
        <span class="addition-from">
          <span class="visually-hidden">{say('columns.from', { numbers: from.join(', ') })}</span>
          <span aria-hidden="true">{from.join('+')}</span>
        </span>
      )}
    </p>
  );
}
