/** Changing the password: forced while it is a one-time one, and on the account page. */
import { useState } from 'preact/hooks';
import { changePassword, signOut } from '../api/account.ts';
import { keepCsrfToken } from '../api/request.ts';
import { say } from '../messages/say.ts';
import { useAction } from '../parts/dialog.tsx';
import { Failure } from '../parts/loaded.tsx';
import { session } from '../session.ts';

interface PasswordFieldProps {
  readonly id: string;
  readonly label: string;
  readonly autocomplete: 'current-password' | 'new-password';
  readonly value: string;
  readonly hint?: string;
  change(value: string): void;
}

function PasswordField(props: PasswordFieldProps) {
  return (
    <div class="field">
      <label for={props.id}>{props.label}</label>
      <input
        id={props.id}
        class="input"
        type="password"
        required
        autocomplete={props.autocomplete}
        aria-describedby={props.hint ? `${props.id}-hint` : undefined}
        value={props.value}
        onInput={(event) => props.change(event.currentTarget.value)}
      />
      {props.hint && (
        <p class="field-hint" id={`${props.id}-hint`}>
          {props.hint}
        </p>
      )}
    </div>
  );
}

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
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!differ) void run();
      }}
    >
      <PasswordField
        id="current-password"
        label={say('password.current')}
        autocomplete="current-password"
        value={current}
        change={setCurrent}
      />
      <PasswordField
        id="next-password"
        label={say('password.next')}
        autocomplete="new-password"
        value={next}
        hint={say('password.hint')}
        change={setNext}
      />
      <PasswordField
        id="again-password"
        label={say('password.again')}
        autocomplete="new-password"
        value={again}
        change={setAgain}
      />
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
