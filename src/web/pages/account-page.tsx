/** The reader's own account: name, language, signing out. */
import { useState } from 'preact/hooks';
import { changeAccount, signOut } from '../api/account.ts';
import { keepCsrfToken } from '../api/request.ts';
import { say } from '../messages/say.ts';
import { AccountTabs } from '../parts/account-tabs.tsx';
import { useAction } from '../parts/action.ts';
import { LanguageChoice } from '../parts/language-choice.tsx';
import { Failure } from '../parts/loaded.tsx';
import { SaveForm } from '../parts/save-form.tsx';
import { TextField } from '../parts/text-field.tsx';
import { session } from '../session.ts';

export function AccountPage() {
  const account = session.get()?.account;
  const leave = useAction(async () => {
    await signOut();
    keepCsrfToken(null);
    session.set(null);
  });
  if (!account) return null;
  return (
    <div class="narrow stack">
      <AccountTabs current="account" />
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
    </div>
  );
}

function ProfileForm(props: { displayName: string; region: string }) {
  const [displayName, setDisplayName] = useState(props.displayName);
  const [region, setRegion] = useState(props.region);
  const save = async () => {
    const account = await changeAccount({
      displayName: displayName.trim(),
      region: region.trim().toUpperCase() || null,
    });
    const current = session.get();
    if (current) session.set({ ...current, account });
  };
  return (
    <SaveForm save={save}>
      <TextField
        id="display-name"
        label={say('account.displayName')}
        required
        maxLength={200}
        autocomplete="name"
        value={displayName}
        change={setDisplayName}
      />
      <TextField
        id="region"
        label={say('account.region')}
        hint={say('account.regionHint')}
        short
        pattern="[A-Za-z]{2}"
        maxLength={2}
        autocomplete="country"
        value={region}
        change={setRegion}
      />
    </SaveForm>
  );
}
