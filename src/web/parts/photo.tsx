/** A card's photo, or the initials of its name. */
import { useState } from 'preact/hooks';
import type { CardSummary } from '../../api/contract/cards.ts';
import { photoUrl } from '../api/collections.ts';

/** Up to two initials of a name, first and last word; a question mark for no name. */
export function initials(name: string): string {
  const words = name.split(/[\s,.]+/).filter((word) => /\p{L}|\p{N}/u.test(word));
  const first = words[0]?.match(/[\p{L}\p{N}]/u)?.[0] ?? '?';
  const last = words.length > 1 ? (words.at(-1)?.match(/[\p{L}\p{N}]/u)?.[0] ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

type Shown = Pick<CardSummary, 'id' | 'etag' | 'displayName' | 'hasPhoto'>;

export function Photo(props: { card: Shown; size?: 'large' }) {
  const [broken, setBroken] = useState(false);
  const { card } = props;
  return (
    <span class={props.size === 'large' ? 'photo photo-large' : 'photo'} aria-hidden="true">
      {card.hasPhoto && !broken ? (
        <img src={photoUrl(card.id, card.etag)} alt="" loading="lazy" onError={() => setBroken(true)} />
      ) : (
        initials(card.displayName)
      )}
    </span>
  );
}
