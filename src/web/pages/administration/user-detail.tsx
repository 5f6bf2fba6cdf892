/** One user: profile, access, further login names, deletion. */
import type { UserView } from '../../../api/contract/users.ts';
import { showUser } from '../../api/administration.ts';
import { say, sayMoment } from '../../messages/say.ts';
import { Icon } from '../../parts/icon.tsx';
import { Failure, useLoaded, Waiting } from '../../parts/loaded.tsx';
import { routeHref } from '../../router.ts';
import { UserAccess } from './user-access.tsx';
import { UserAliases } from './user-aliases.tsx';
import { UserProfile } from './user-profile.tsx';
import { sayUse, UserChips } from './users-part.tsx';

export function UserDetail({ id }: { id: string }) {
  const { value: user, fault, reload } = useLoaded((signal) => showUser(id, signal), [id]);
  return (
    <>
      <div class="row">
        <a class="button button-small" href={routeHref({ page: 'administration', part: 'users', id: null })}>
          <Icon name="back" size={16} />
          {say('users.back')}
        </a>
        <a class="button button-small push" href={routeHref({ page: 'administration', part: 'audit', id })}>
          {say('users.log')}
        </a>
      </div>
      {fault !== null && <Failure fault={fault} retry={reload} />}
      {user === null && fault === null && <Waiting />}
      {user && (
        <>
          <Head user={user} />
          <UserProfile key={`profile ${user.id}`} user={user} changed={reload} />
          <UserAliases user={user} changed={reload} />
          <UserAccess user={user} changed={reload} />
        </>
      )}
    </>
  );
}

function Head({ user }: { user: UserView }) {
  return (
    <div class="stack tight">
      <div class="row">
        <h2>{user.displayName}</h2>
        <UserChips user={user} />
      </div>
      <p class="small muted">
        {user.name} · {sayUse(user)} · {say('users.since', { when: sayMoment(user.createdAt, 'date') })} ·{' '}
        {user.lastSignInAt === null
          ? say('users.neverSignedIn')
          : say('users.lastSignIn', { when: sayMoment(user.lastSignInAt) })}
      </p>
      {user.effectiveQuota !== null && (
        <progress
          class="progress"
          max={Math.max(user.effectiveQuota, 1)}
          value={Math.min(user.octetsUsed, user.effectiveQuota)}
          aria-label={sayUse(user)}
        />
      )}
    </div>
  );
}
