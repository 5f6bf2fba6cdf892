/** The groups that name a card, or the members of a group card. */
import type { CardDetail, CardSummary } from '../../../api/contract/cards.ts';
import { listCardGroups } from '../../api/cards.ts';
import { say } from '../../messages/say.ts';
import { Failure, useLoaded } from '../../parts/loaded.tsx';
import { Photo } from '../../parts/photo.tsx';
import { routeHref } from '../../router.ts';

export function CardGroups({ card }: { card: CardDetail }) {
  const { value, fault, reload } = useLoaded((signal) => listCardGroups(card.id, signal), [card.id, card.etag]);
  if (fault !== null) return <Failure fault={fault} retry={reload} />;
  if (value === null) return null;
  return (
    <>
      <CardLinks title={say('memberOf.in')} cards={value.groups} />
      <CardLinks title={say('memberOf.members')} cards={value.members} />
      {value.missing > 0 && <p class="small muted">{say('memberOf.missing', { n: value.missing })}</p>}
    </>
  );
}

function CardLinks({ title, cards }: { title: string; cards: readonly CardSummary[] }) {
  if (cards.length === 0) return null;
  return (
    <section class="stack tight stored">
      <h3>{title}</h3>
      <ul class="card-links">
        {cards.map((card) => (
          <li key={card.id}>
            <a class="similar-card" href={routeHref({ page: 'contacts', cardId: card.id })}>
              <Photo card={card} />
              {card.displayName || say('card.nameless')}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
