/** A merge was refused because cards had been changed meanwhile: which, and what about them. */
import { sayProperty } from '../../messages/fields.ts';
import { say } from '../../messages/say.ts';
import { Icon } from '../../parts/icon.tsx';
import type { ChangedCard, ChangedValue } from './card-changes.ts';

export function ChangedNote({ cards, close }: { cards: readonly ChangedCard[]; close: () => void }) {
  return (
    <section class="note note-error changed-note" role="alert">
      <Icon name="warning" />
      <p>{say('changed.title')}</p>
      <ul>
        {cards.map((card) => (
          <li key={card.number}>
            <strong>
              {say('changed.card', { number: card.number, name: card.displayName || say('card.nameless') })}
            </strong>
            {card.gone && <p>{say('changed.gone')}</p>}
            {card.values.map((value, index) => (
              <p key={index}>
                {sayProperty(value.property)}: <Change value={value} />
              </p>
            ))}
          </li>
        ))}
      </ul>
      <button type="button" class="button button-small" onClick={close}>
        {say('close')}
      </button>
    </section>
  );
}

function Change({ value }: { value: ChangedValue }) {
  if (value.before === null) return <ins>{value.now || say('changed.new')}</ins>;
  if (value.now === null) return <del>{value.before || say('changed.removed')}</del>;
  return (
    <>
      <del>{value.before}</del> <ins>{value.now}</ins>
    </>
  );
}
