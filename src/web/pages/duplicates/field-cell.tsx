/** One value of one card: how it relates to the reference's, the choice to keep it, and what comes in beside it. */
import type { FieldCell as Cell } from '../../../api/contract.ts';
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
    <td class={`${columnClass(cell.cardId, cluster)} mark-${takesPart ? cell.state : 'missing'}`}>
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
          text={row.property === 'PHOTO' ? say('field.photo') : addition.text}
          types={sayTypes(addition.types, addition.label)}
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
  const etag = cluster.detail?.cards.find((card) => card.id === cell.cardId)?.etag ?? '';
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
          <img class="value-photo" src={photoUrl(cell.cardId, etag)} alt={say('field.photo')} loading="lazy" />
        ) : (
          cell.text
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

interface AdditionLineProps {
  readonly text: string;
  readonly types?: string;
  readonly from: readonly number[];
  readonly inPlace?: boolean;
}

/** A value that the merge brings onto the reference card. */
export function AdditionLine({ text, types, from, inPlace }: AdditionLineProps) {
  return (
    <p class="addition fades-in">
      <Icon name={inPlace ? 'next' : 'plus'} size={14} />
      <span class="value-text">
        <span class="visually-hidden">{say(inPlace ? 'columns.becomes' : 'columns.willBeAdded')}: </span>
        {text}
        {types && <span class="value-types">{types}</span>}
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
