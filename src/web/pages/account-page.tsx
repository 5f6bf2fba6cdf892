/** The reader's own account: name, language, password, signing out. */
import { useState } from 'preact/hooks';
import { changeAccount, signOut } from '../api/account.ts';
import { keepCsrfToken } from '../api/request.ts';
import { say } from '../messages/say.ts';
import { useAction } from '../parts/dialog.tsx';
import { LanguageChoice } from '../parts/language-choice.tsx';
import { Failure } from '../parts/loaded.tsx';
import { toast } from '../parts/toast.tsx';
import { session } from '../session.ts';
import { PasswordForm } from './change-password.tsx';

export function AccountPage() {
  const account = session.get()?.account;
  const [passwordRound, setPasswordRound] = useState(0);
  const leave = useAction(async () => {
    await signOut();
    keepCsrfToken(null);
    session.set(null);
  });
  if (!account) return null;
  return (
    <div class="narrow stack">
      <div class="row">
        <h1>{account.displayName || account.name}</h1>
        <button type="button" class="button push" disabled={leave.busy} onClick={() => void leave.run()}>
          {say('signOut')}
        </button>
      </div>
      {leave.fault !== null && <Failure fault={leave.fault} />}
      <section class="panel section stack">
        <h2>{say('account.profile')}</h2>
        <ProfileForm displayName={account.displayName} region={account.region ?? ''} />
      </section>
      <section class="panel section stack">
        <h2>{say('language')}</h2>
        <LanguageChoice />
      </section>
      <section class="panel section stack">
        <h2>{say('password.change')}</h2>
        <PasswordForm
          key={passwordRound}
          changed={() => {
            setPasswordRound(passwordRound + 1);
            toast(say('password.changed'));
          }}
        />
      </section>
    </div>
  );
}

function ProfileForm(props: { displayName: string; region: string }) {
  const [displayName, setDisplayName] = useState(props.displayName);
  const [region, setRegion] = useState(props.region);
  const { busy, fault, run } = useAction(async () => {
    const account = await changeAccount({
      displayName: displayName.trim(),
      region: region.trim().toUpperCase() || null,
    });
    const current = session.get();
    if (current) session.set({ ...current, account });
    toast(say('saved'));
  });
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <div class="field">
        <label for="display-name">{say('account.displayName')}</label>
        <input
          id="display-name"
          class="input"
          required
          maxLength={200}
          autocomplete="name"
          value={displayName}
          onInput={(event) => setDisplayName(event.currentTarget.value)}
        />
      </div>
      <div class="field">
        <label for="region">{say('account.region')}</label>
        <input
          id="region"
          class="input input-short"
          pattern="[A-Za-z]{2}"
          maxLength={2}
          autocomplete="country"
          aria-describedby="region-hint"
          value={region}
          onInput={(event) => setRegion(event.currentTarget.value)}
        />
        <p class="field-hint" id="region-hint">
          {say('account.regionHint')}
        </p>
      </div>
      {fault !== null && <Failure fault={fault} />}
      <div class="row">
        <button type="submit" class="button button-main" disabled={busy}>
          {say('save')}
        </button>
      </div>
    </form>
  );
}
