/** What was merged, hidden or put off, and the way back from each. */
import { useState } from 'preact/hooks';
import { say } from '../../messages/say.ts';
import { DecisionHistory } from './decision-history.tsx';
import { MergeHistory } from './merge-history.tsx';

const TABS = [
  { name: 'merges', title: 'history.merges', Content: MergeHistory },
  { name: 'decisions', title: 'history.decisions', Content: DecisionHistory },
] as const;

export function HistoryPage() {
  const [shown, setShown] = useState<(typeof TABS)[number]['name']>('merges');
  const { Content } = TABS.find((tab) => tab.name === shown)!;
  return (
    <div class="narrow stack">
      <h1>{say('nav.history')}</h1>
      <fieldset class="segments">
        <legend class="visually-hidden">{say('nav.history')}</legend>
        {TABS.map(({ name, title }) => (
          <button key={name} type="button" aria-pressed={shown === name} onClick={() => setShown(name)}>
            {say(title)}
          </button>
        ))}
      </fieldset>
      <Content />
    </div>
  );
}
