/** The last sign-ins to the account, and the refused ones. */
import type { SignInEntry } from '../../../api/contract/security.ts';
import { listSignIns } from '../../api/security.ts';
import { say, sayIfKnown, sayMoment } from '../../messages/say.ts';
import { Icon } from '../../parts/icon.tsx';
import { PagedEntries } from '../../parts/paged-entries.tsx';
import { usePages } from '../../parts/pages.tsx';

function wordsOf({ succeeded, way, reason }: SignInEntry): string {
  if (succeeded) return sayIfKnown(`security.signedIn.${way}`) ?? say('security.signedIn.password');
  return sayIfKnown(`security.refused.${reason}`) ?? say('security.refused.other');
}

export function SignInsSection() {
  const pages = usePages(listSignIns, []);
  return (
    <section class="stack">
      <h2>{say('security.signIns')}</h2>
      <PagedEntries
        pages={pages}
        label={say('security.signIns')}
        empty={say('security.noSignIns')}
        draw={(entry) => (
          <li key={entry.id} class="entry">
            <span class={entry.succeeded ? 'mark-good' : 'mark-bad'}>
              <Icon name={entry.succeeded ? 'check' : 'warning'} />
            </span>
            <div class="entry-words">
              <p>{wordsOf(entry)}</p>
              <p class="small muted">
                {sayMoment(entry.at)} · {entry.address}
              </p>
            </div>
          </li>
        )}
      />
    </section>
  );
}
