/** Invitations that were made, and what became of them. */
import { useState } from 'preact/hooks';
import type { InvitationView } from '../../../api/contract/invitations.ts';
import { listInvitations, revokeInvitation } from '../../api/administration.ts';
import { say, sayMoment } from '../../messages/say.ts';
import { useAction } from '../../parts/action.ts';
import { Icon } from '../../parts/icon.tsx';
import { Failure } from '../../parts/loaded.tsx';
import { PagedEntries } from '../../parts/paged-entries.tsx';
import { usePages } from '../../parts/pages.tsx';
import { toast } from '../../parts/toast.tsx';
import { InviteDialog } from './invite-dialog.tsx';

export function InvitationsPart() {
  const pages = usePages(listInvitations, []);
  const [inviting, setInviting] = useState(false);
  const revoking = useAction(async (invitation: InvitationView) => {
    await revokeInvitation(invitation.id);
    pages.reload();
    if (invitation.state === 'open') toast(say('invitation.revoked'));
  });
  return (
    <>
      <div class="row">
        <button type="button" class="button button-main push" onClick={() => setInviting(true)}>
          <Icon name="mail" />
          {say('users.invite')}
        </button>
      </div>
      {revoking.fault !== null && <Failure fault={revoking.fault} />}
      <PagedEntries
        pages={pages}
        label={say('admin.invitations')}
        empty={say('invitation.none')}
        draw={(invitation) => (
          <Entry
            key={invitation.id}
            invitation={invitation}
            busy={revoking.busy}
            revoke={() => void revoking.run(invitation)}
          />
        )}
      />
      {inviting && <InviteDialog close={() => setInviting(false)} made={pages.reload} />}
    </>
  );
}

function sayState({ state, expiresAt, acceptedName }: InvitationView): string {
  if (state === 'accepted') return say('invitation.accepted', { name: acceptedName ?? '' });
  const when = sayMoment(expiresAt);
  return state === 'open' ? say('invitation.open', { when }) : say('invitation.expired', { when });
}

function Entry(props: { invitation: InvitationView; busy: boolean; revoke: () => void }) {
  const { invitation } = props;
  const name = invitation.email ?? say('invitation.somebody');
  const deed = say(invitation.state === 'open' ? 'invitation.revoke' : 'invitation.remove');
  return (
    <li class="entry">
      <Icon name="mail" />
      <div class="entry-words">
        <p class="row tight">
          <strong>{name}</strong>
          {invitation.role === 'administrator' && <span class="chip chip-same">{say('users.administrator')}</span>}
        </p>
        <p class="small muted">
          {sayState(invitation)} · {say('invitation.made', { when: sayMoment(invitation.createdAt) })}
        </p>
      </div>
      <button
        type="button"
        class="button button-small"
        disabled={props.busy}
        aria-label={say('invitation.of', { deed, name })}
        onClick={props.revoke}
      >
        {deed}
      </button>
    </li>
  );
}
