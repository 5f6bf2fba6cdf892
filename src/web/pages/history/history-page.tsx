/** What was merged, hidden, done at night, refused or deleted, and the way back from each. */
import { say } from '../../messages/say.ts';
import { go, type Route } from '../../router.ts';
import { BinSection } from './bin-list.tsx';
import { ConflictSection } from './conflict-section.tsx';
import { DecisionHistory } from './decision-history.tsx';
import { MergeHistory } from './merge-history.tsx';
import { NightSection } from './night-section.tsx';

const TABS = [
  { name: 'merges', title: 'history.merges', Content: MergeHistory },
  { name: 'decisions', title: 'history.decisions', Content: DecisionHistory },
  { name: 'nights', title: 'nights.title', Content: NightSection },
  { name: 'conflicts', title: 'copies.title', Content: ConflictSection },
  { name: 'bin', title: 'bin.title', Content: BinSection },
] as const;

export function HistoryPage({ route }: { route: Route }) {
  const asked = route.page === 'history' ? route.section : null;
  const { name: shown, Content } = TABS.find((tab) => tab.name === asked) ?? TABS[0];
  return (
    <div class="narrow stack">
      <h1>{say('nav.history')}</h1>
      <fieldset class="segments segments-many">
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
