/** Cards that are like the one being filled in, said before it is saved. */
import type { CardForm } from '../../../api/contract/card-forms.ts';
import { similarToForm } from '../../api/cards.ts';
import { sayReasons } from '../../messages/evidence.ts';
import { say } from '../../messages/say.ts';
import { useLoaded } from '../../parts/loaded.tsx';
import { Photo } from '../../parts/photo.tsx';
import { useSettled } from '../../parts/settled.ts';
import { routeHref } from '../../router.ts';
import { collectionName } from '../../session.ts';

const TYPING_PAUSE = 500;
const MOST_SHOWN = 3;

export function SimilarHint({ form }: { form: CardForm }) {
  const settled = useSettled(form, TYPING_PAUSE);
  // A hint only: when it cannot be had, the card is filled in without one.
  const { value } = useLoaded(
    async (signal) => (saysSomething(settled) ? await similarToForm(settled, signal).catch(() => null) : null),
    [settled],
  );
  const similar = value?.items.slice(0, MOST_SHOWN) ?? [];
  return (
    <div role="status">
      {similar.length > 0 && (
        <section class="note similar-hint">
          <p>
            <strong>{say('similar.title')}</strong> {say('similar.explain')}
          </p>
          <ul class="entry-wide">
            {similar.map(({ card, evidence }) => (
              <li key={card.id}>
                <a class="similar-card" href={routeHref({ page: 'contacts', cardId: card.id })}>
                  <Photo card={card} />
                  <span>
                    <strong>{card.displayName || say('card.nameless')}</strong>{' '}
                    <span class="small muted">
                      {[collectionName(card.collectionId), sayReasons(evidence)].filter(Boolean).join(' · ')}
                    </span>
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

/** A name alone is enough to look for; a form that is still empty is not. */
const saysSomething = ({ displayName, name, organisation, phones, emails }: CardForm): boolean =>
  [displayName, ...name, organisation, ...[...phones, ...emails].map(({ value }) => value)].some(
    (text) => text.trim().length > 2,
  );
