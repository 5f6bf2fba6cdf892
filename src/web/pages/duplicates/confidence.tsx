/** How sure the engine is: a word, a bar, and a percentage where it is believed. */
import type { TierName } from '../../../api/contract/words.ts';
import { say, sayPercent } from '../../messages/say.ts';

export const TIERS: readonly TierName[] = ['certain', 'likely', 'possible'];

/** The tier by name: "Certain". */
export function sayTier(tier: TierName): string {
  return say(`tier.${tier}`);
}

export function Confidence(props: { tier: TierName; probability: number }) {
  const percent = Math.round(props.probability * 100);
  return (
    <span class={`confidence confidence-${props.tier}`}>
      <span class="confidence-bar" aria-hidden="true">
        <span style={{ width: `${percent}%` }} />
      </span>
      <span>
        {sayTier(props.tier)}
        {/* below one half a figure says less than the word: it counts what books in general hold */}
        {props.tier === 'possible' ? '' : ` ${sayPercent(props.probability)}`}
      </span>
    </span>
  );
}
