/** Browsers that are signed in, each with its last use, and the way to sign them out. */
import { useState } from 'preact/hooks';
import type { SessionView } from '../../../api/contract/security.ts';
import { endOtherSessions, endSession, listSessions, revokeAppPasswords } from '../../api/security.ts';
import { say, sayMoment } from '../../messages/say.ts';
import { useAction } from '../../parts/action.ts';
import { ConfirmDialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Failure, useLoaded, Waiting } from '../../parts/loaded.tsx';
import { toast } from '../../parts/toast.tsx';
import { browserName } from './browser-name.ts';

export function SessionsSection({ round, changed }: { round: number; changed: () => void }) {
  const { value, fault, reload } = useLoaded(listSessions, [round]);
  const [asking, setAsking] = useState(false);
  const ending = useAction(async (session: SessionView) => {
    await endSession(session.id);
    toast(say('security.sessionEnded', { name: nameOf(session) }));
    changed();
  });
  return (
    <section class="stack">
      <div class="row">
        <h2>{say('security.sessions')}</h2>
        <button type="button" class="button button-small button-danger push" onClick={() => setAsking(true)}>
          {say('security.everywhereDo')}
        </button>
      </div>
      {fault !== null && <Failure fault={fault} retry={reload} />}
      {ending.fault !== null && <Failure fault={ending.fault} />}
      {value === null && fault === null && <Waiting />}
      <ul class="panel entries" aria-label={say('security.sessions')}>
        {value?.items.map((session) => (
          <SessionEntry key={session.id} session={session} busy={ending.busy} end={() => void ending.run(session)} />
        ))}
      </ul>
      {asking && <EverywhereDialog close={() => setAsking(false)} changed={changed} />}
    </section>
  );
}

function nameOf({ client }: SessionView): string {
  const { browser, system } = browserName(client ?? '');
  if (browser && system) return say('security.browserOn', { browser, system });
  return browser ?? system ?? say('security.unknownBrowser');
}

function SessionEntry({ session, busy, end }: { session: SessionView; busy: boolean; end: () => void }) {
  const used = session.lastUsedAt ?? session.createdAt;
  return (
    <li class="entry">
      <Icon name="device" />
      <div class="entry-words">
        <p>
          <strong title={session.client ?? undefined}>{nameOf(session)}</strong>{' '}
          {session.current && <span class="chip chip-good">{say('security.thisBrowser')}</span>}
        </p>
        <p class="small muted">
          {say('security.signedInSince', { when: sayMoment(session.createdAt) })} ·{' '}
          {say('security.usedFrom', { when: sayMoment(used), address: session.address ?? '?' })}
        </p>
      </div>
      {!session.current && (
        <button
          type="button"
          class="button button-small"
          disabled={busy}
          aria-label={say('security.endSessionOf', { name: nameOf(session) })}
          onClick={end}
        >
          {say('security.endSession')}
        </button>
      )}
    </li>
  );
}

function EverywhereDialog({ close, changed }: { close: () => void; changed: () => void }) {
  const [devices, setDevices] = useState(false);
  const run = async () => {
    await endOtherSessions();
    if (devices) await revokeAppPasswords();
    changed();
    close();
    toast(say('security.everywhereDone'));
  };
  return (
    <ConfirmDialog
      title={say('security.everywhere')}
      confirm={say('security.everywhere')}
      danger
      run={run}
      close={close}
    >
      <p>{say('security.everywhereExplain')}</p>
      <label class="check">
        <input type="checkbox" checked={devices} onChange={(event) => setDevices(event.currentTarget.checked)} />
        {say('security.everywhereDevices')}
      </label>
    </ConfirmDialog>
  );
}
