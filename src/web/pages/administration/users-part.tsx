/** The users of the organisation: searched while typing, page by page, and the ways to add some. */
import { useEffect, useState } from 'preact/hooks';
import type { UserView } from '../../../api/contract/users.ts';
import { listUsers } from '../../api/administration.ts';
import { say, sayMoment, sayOctets } from '../../messages/say.ts';
import { Icon } from '../../parts/icon.tsx';
import { PagedEntries } from '../../parts/paged-entries.tsx';
import { usePages } from '../../parts/pages.tsx';
import { routeHref } from '../../router.ts';
import { AddUserDialog } from './add-user-dialog.tsx';
import { ImportUsersDialog } from './import-users-dialog.tsx';
import { InviteDialog } from './invite-dialog.tsx';

type Asking = 'add' | 'invite' | 'import' | null;

export function UsersPart() {
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim());
  const pages = usePages((cursor, signal) => listUsers(search, cursor, signal), [search]);
  const [asking, setAsking] = useState<Asking>(null);
  const close = () => setAsking(null);
  return (
    <>
      <div class="row">
        <input
          type="search"
          class="input search-input"
          aria-label={say('users.search')}
          placeholder={say('users.search')}
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <div class="row push">
          <button type="button" class="button" onClick={() => setAsking('import')}>
            <Icon name="import" />
            {say('users.import')}
          </button>
          <button type="button" class="button" onClick={() => setAsking('invite')}>
            <Icon name="mail" />
            {say('users.invite')}
          </button>
          <button type="button" class="button button-main" onClick={() => setAsking('add')}>
            <Icon name="plus" />
            {say('users.add')}
          </button>
        </div>
      </div>
      <PagedEntries
        pages={pages}
        label={say('admin.users')}
        empty={say('users.none')}
        draw={(user) => <UserEntry key={user.id} user={user} />}
      />
      {asking === 'add' && <AddUserDialog close={close} added={pages.reload} />}
      {asking === 'invite' && <InviteDialog close={close} />}
      {asking === 'import' && <ImportUsersDialog close={close} imported={pages.reload} />}
    </>
  );
}

const SETTLED_MILLISECONDS = 200;

/** The value once it has not changed for a moment: so that typing asks the server once. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLED_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** How much a user keeps, and of what. */
export function sayUse({ octetsUsed, effectiveQuota }: UserView): string {
  const used = sayOctets(octetsUsed);
  return effectiveQuota === null
    ? say('users.uses', { used })
    : say('users.usesOf', { used, quota: sayOctets(effectiveQuota) });
}

function UserEntry({ user }: { user: UserView }) {
  return (
    <li class="entry entry-link">
      <Icon name="person" />
      <div class="entry-words">
        <p class="row tight">
          <a href={routeHref({ page: 'administration', part: 'users', id: user.id })}>
            <strong>{user.displayName}</strong>
          </a>
          <UserChips user={user} />
        </p>
        <p class="small muted">{[user.name, ...user.aliases, ...user.emails].join(' · ')}</p>
        <p class="small muted">
          {sayUse(user)} ·{' '}
          {user.lastSignInAt === null
            ? say('users.neverSignedIn')
            : say('users.lastSignIn', { when: sayMoment(user.lastSignInAt) })}
        </p>
      </div>
      <Icon name="next" />
    </li>
  );
}

export function UserChips({ user }: { user: UserView }) {
  return (
    <>
      {user.role === 'administrator' && <span class="chip chip-same">{say('users.administrator')}</span>}
      {user.disabled && <span class="chip chip-bad">{say('users.disabled')}</span>}
      {user.secondFactor && <span class="chip chip-good">{say('users.twoFactor')}</span>}
      {user.passwordTemporary && <span class="chip">{say('users.oneTime')}</span>}
    </>
  );
}
