/** Whether and how a user gets in: one-time password, second factor, disabling, deleting. */
import { useState } from 'preact/hooks';
import type { UserView } from '../../../api/contract/users.ts';
import { changeUser, deleteUser, endUserSecondFactor, resetUserPassword } from '../../api/administration.ts';
import { say, sayOctets } from '../../messages/say.ts';
import { useAction } from '../../parts/action.ts';
import { ConfirmDialog } from '../../parts/dialog.tsx';
import { Failure } from '../../parts/loaded.tsx';
import { toast } from '../../parts/toast.tsx';
import { go } from '../../router.ts';
import { DeleteByNameDialog } from './delete-by-name-dialog.tsx';
import { OneTimePasswordDialog } from './one-time-password-dialog.tsx';

type Asking = 'reset' | 'two-factor' | 'disable' | 'delete' | null;

export function UserAccess({ user, changed }: { user: UserView; changed: () => void }) {
  const [asking, setAsking] = useState<Asking>(null);
  const close = () => setAsking(null);
  const enabling = useAction(async () => {
    await changeUser(user.id, { disabled: false });
    changed();
    toast(say('users.isEnabled', { name: user.name }));
  });
  return (
    <section class="panel section stack">
      <h3>{say('users.access')}</h3>
      <div class="row">
        <button type="button" class="button" onClick={() => setAsking('reset')}>
          {say('users.resetPassword')}
        </button>
        {user.secondFactor && (
          <button type="button" class="button" onClick={() => setAsking('two-factor')}>
            {say('users.twoFactorOff')}
          </button>
        )}
        {user.disabled ? (
          <button type="button" class="button" disabled={enabling.busy} onClick={() => void enabling.run()}>
            {say('users.enable')}
          </button>
        ) : (
          <button type="button" class="button button-danger" onClick={() => setAsking('disable')}>
            {say('users.disable')}
          </button>
        )}
        <button type="button" class="button button-danger" onClick={() => setAsking('delete')}>
          {say('users.delete')}
        </button>
      </div>
      {enabling.fault !== null && <Failure fault={enabling.fault} />}
      {asking === 'reset' && <ResetDialog user={user} changed={changed} close={close} />}
      {asking === 'two-factor' && <TwoFactorDialog user={user} changed={changed} close={close} />}
      {asking === 'disable' && <DisableDialog user={user} changed={changed} close={close} />}
      {asking === 'delete' && (
        <DeleteByNameDialog
          name={user.name}
          title={say('users.deleteOf', { name: user.name })}
          warning={say('users.deleteExplain', { used: sayOctets(user.octetsUsed) })}
          remove={(confirm) => deleteUser(user.id, confirm)}
          removed={() => go({ page: 'administration', part: 'users', id: null }, 'replace')}
          close={close}
        />
      )}
    </section>
  );
}

interface DeedProps {
  readonly user: UserView;
  changed(): void;
  close(): void;
}

function ResetDialog({ user, changed, close }: DeedProps) {
  const [devices, setDevices] = useState(false);
  const [password, setPassword] = useState<string | null>(null);
  if (password !== null) return <OneTimePasswordDialog name={user.name} password={password} close={close} />;
  const reset = async () => {
    setPassword((await resetUserPassword(user.id, devices)).oneTimePassword);
    changed();
  };
  return (
    <ConfirmDialog title={say('users.oneTime')} confirm={say('users.reset')} run={reset} close={close}>
      <p>{say('users.resetExplain', { name: user.name })}</p>
      <label class="check">
        <input type="checkbox" checked={devices} onChange={(event) => setDevices(event.currentTarget.checked)} />
        {say('users.resetDevices')}
      </label>
    </ConfirmDialog>
  );
}

function TwoFactorDialog({ user, changed, close }: DeedProps) {
  const turnOff = async () => {
    await endUserSecondFactor(user.id);
    changed();
    close();
    toast(say('users.twoFactorIsOff', { name: user.name }));
  };
  return (
    <ConfirmDialog
      title={say('users.twoFactor')}
      confirm={say('users.twoFactorOff')}
      danger
      run={turnOff}
      close={close}
    >
      <p>{say('users.twoFactorOffExplain', { name: user.name })}</p>
    </ConfirmDialog>
  );
}

function DisableDialog({ user, changed, close }: DeedProps) {
  const disable = async () => {
    await changeUser(user.id, { disabled: true });
    changed();
    close();
    toast(say('users.isDisabled', { name: user.name }));
  };
  return (
    <ConfirmDialog title={user.displayName} confirm={say('users.disable')} danger run={disable} close={close}>
      <p>{say('users.disableExplain', { name: user.name })}</p>
    </ConfirmDialog>
  );
}
