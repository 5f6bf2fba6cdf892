/** What was merged, hidden or put off, and the way back from each. */
import { say } from '../../messages/say.ts';
import { go, type Route } from '../../router.ts';
import { DecisionHistory } from './decision-history.tsx';
import { MergeHistory } from './merge-history.tsx';

const TABS = [
  { name: 'merges', title: 'history.merges', Content: MergeHistory },
  { name: 'decisions', title: 'history.decisions', Content: DecisionHistory },
] as const;

export function HistoryPage({ route }: { route: Route }) {
  const asked = route.page === 'history' ? route.section : null;
  const { name: shown, Content } = TABS.find((tab) => tab.name === asked) ?? TABS[0];
  return (
    <div class="narrow stack">
      <h1>{say('nav.history')}</h1>
      <fieldset class="segments">
        <legend class="visually-hidden">{say('nav.history')}</legend>
        {TABS.map(({ name, title }) => (
          <button
            key={name}
            type="button"
            aria-pressed={shown === name}
            onClick={() => go({ page: 'history', section: name }, 'replace')}
          >
            {say(title)}
          </button>
        ))}
      </fieldset>
      <Content />
    </div>
  );
}
