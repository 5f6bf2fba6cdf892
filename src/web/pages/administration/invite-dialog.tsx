/** Inviting somebody: a link that works once, shown once. */
import { useState } from 'preact/hooks';
import type { NewInvitation } from '../../../api/contract/invitations.ts';
import { createInvitation } from '../../api/administration.ts';
import { say, sayMoment } from '../../messages/say.ts';
import { CopyLine } from '../../parts/copy.tsx';
import { ConfirmDialog, Dialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/text-field.tsx';
import { RoleField } from './user-fields.tsx';

export function InviteDialog({ close, made: told }: { close: () => void; made?: () => void }) {
  const [email, setEmail] = useState('');
  const [days, setDays] = useState('7');
  const [role, setRole] = useState<'member' | 'administrator'>('member');
  const [made, setMade] = useState<NewInvitation | null>(null);
  const invite = async () => {
    const address = email.trim();
    setMade(await createInvitation({ role, days: Number(days), ...(address === '' ? {} : { email: address }) }));
    told?.();
  };
  if (made) return <LinkDialog made={made} close={close} />;
  return (
    <ConfirmDialog title={say('users.invite')} confirm={say('invitation.make')} run={invite} close={close}>
      <TextField
        id="invited-email"
        label={say('invitation.email')}
        inputmode="email"
        maxLength={254}
        value={email}
        change={setEmail}
        focus
      />
      <RoleField id="invited-role" role={role} change={setRole} />
      <div class="field">
        <label for="invited-days">{say('invitation.days')}</label>
        <input
          id="invited-days"
          class="input input-short"
          type="number"
          min={1}
          max={90}
          required
          value={days}
          onInput={(event) => setDays(event.currentTarget.value)}
        />
      </div>
    </ConfirmDialog>
  );
}

function LinkDialog({ made, close }: { made: NewInvitation; close: () => void }) {
  return (
    <Dialog title={say('users.invite')} close={close}>
      <div class="note note-good secret">
        <p role="status">{say('invitation.once', { when: sayMoment(made.invitation.expiresAt) })}</p>
        <CopyLine label={say('invitation.link')} text={made.link} />
      </div>
      <div class="dialog-actions">
        <button type="button" class="button button-main" onClick={close}>
          {say('close')}
        </button>
      </div>
    </Dialog>
  );
}
