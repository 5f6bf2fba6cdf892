/** Changing the password: forced while it is a one-time one, and on the security page. */
import { useState } from 'preact/hooks';
import { changePassword, signOut } from '../api/account.ts';
import { keepCsrfToken } from '../api/request.ts';
import { say } from '../messages/say.ts';
import { submitting, useAction } from '../parts/action.ts';
import { Failure } from '../parts/loaded.tsx';
import { NewPasswordField, PresentPasswordField } from '../parts/text-field.tsx';
import { session } from '../session.ts';

export function PasswordForm(props: { changed: () => void }) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [again, setAgain] = useState('');
  const [signOutDevices, setSignOutDevices] = useState(false);
  const differ = again !== '' && again !== next;
  const { busy, fault, run } = useAction(async () => {
    const changed = await changePassword({ current, next, signOutDevices });
    props.changed();
    session.set(changed);
  });
  return (
    <form class="stack" onSubmit={submitting(() => again === next && run())}>
      <PresentPasswordField id="current-password" label={say('password.current')} value={current} change={setCurrent} />
      <NewPasswordField id="next-password" label={say('password.next')} value={next} change={setNext} />
      <NewPasswordField id="again-password" label={say('password.again')} hint="" value={again} change={setAgain} />
      {differ && (
        <p class="note note-error" role="alert">
          {say('password.differ')}
        </p>
      )}
      <SignOutDevices checked={signOutDevices} change={setSignOutDevices} />
      {fault !== null && <Failure fault={fault} />}
      <button type="submit" class="button button-main" disabled={busy}>
        {say('password.change')}
      </button>
    </form>
  );
}

function SignOutDevices(props: { checked: boolean; change: (checked: boolean) => void }) {
  return (
    <label class="check">
      <input type="checkbox" checked={props.checked} onChange={(event) => props.change(event.currentTarget.checked)} />
      {say('password.signOutDevices')}
    </label>
  );
}

/** The whole page while the password is a one-time one. */
export function ChangePasswordPage() {
  const leave = useAction(async () => {
    await signOut();
    keepCsrfToken(null);
    session.set(null);
  });
  return (
    <main class="gate">
      <div class="panel gate-panel stack">
        <h1>{say('password.forced')}</h1>
        <p class="muted">{say('password.forcedMore')}</p>
        <PasswordForm changed={() => {}} />
        <button type="button" class="button button-quiet" onClick={() => void leave.run()}>
          {say('signOut')}
        </button>
      </div>
    </main>
  );
}
