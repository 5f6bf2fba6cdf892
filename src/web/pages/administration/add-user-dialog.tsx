/** Adding one user: with a one-time password, or one that the administrator gives. */
import { useState } from 'preact/hooks';
import type { NewUser } from '../../../api/contract/users.ts';
import { createUser } from '../../api/administration.ts';
import { say } from '../../messages/say.ts';
import { ConfirmDialog } from '../../parts/dialog.tsx';
import { LoginNameField, NewPasswordField, TextField } from '../../parts/text-field.tsx';
import { toast } from '../../parts/toast.tsx';
import { OneTimePasswordDialog } from './one-time-password-dialog.tsx';
import { linesOf, RoleField } from './user-fields.tsx';

export function AddUserDialog({ close, added }: { close: () => void; added: () => void }) {
  const [name, setName] = useState('');
  const [displayName, setDisplayName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<'member' | 'administrator'>('member');
  const [password, setPassword] = useState<string | null>(null);
  const [made, setMade] = useState<NewUser | null>(null);
  const add = async () => {
    const user = await createUser({
      name: name.trim(),
      emails: linesOf(email),
      role,
      ...(displayName.trim() === '' ? {} : { displayName: displayName.trim() }),
      ...(password === null ? {} : { password }),
    });
    added();
    toast(say('users.created', { name: user.user.displayName }));
    if (user.oneTimePassword === null) close();
    else setMade(user);
  };
  if (made?.oneTimePassword)
    return <OneTimePasswordDialog name={made.user.name} password={made.oneTimePassword} close={close} />;
  return (
    <ConfirmDialog
      title={say('users.add')}
      confirm={say('users.add')}
      disabled={name.trim() === ''}
      run={add}
      close={close}
    >
      <LoginNameField id="new-user-name" autocomplete="off" value={name} change={setName} focus />
      <TextField
        id="new-user-display-name"
        label={say('users.displayName')}
        maxLength={200}
        value={displayName}
        change={setDisplayName}
      />
      <TextField
        id="new-user-email"
        label={say('field.email')}
        inputmode="email"
        maxLength={254}
        value={email}
        change={setEmail}
      />
      <RoleField id="new-user-role" role={role} change={setRole} />
      <GivenPassword value={password} change={setPassword} />
    </ConfirmDialog>
  );
}

/** A password that the administrator gives; null: a one-time one is made. */
function GivenPassword(props: { value: string | null; change: (value: string | null) => void }) {
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={props.value !== null}
          onChange={(event) => props.change(event.currentTarget.checked ? '' : null)}
        />
        {say('users.withPassword')}
      </label>
      {props.value !== null && (
        <NewPasswordField
          id="new-user-password"
          label={say('signIn.password')}
          value={props.value}
          change={props.change}
        />
      )}
    </>
  );
}
