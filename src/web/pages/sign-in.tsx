/** Sign in with login name and password. */
import { useState } from 'preact/hooks';
import { signIn } from '../api/account.ts';
import { say } from '../messages/say.ts';
import { useAction } from '../parts/dialog.tsx';
import { LanguageChoice } from '../parts/language-choice.tsx';
import { Failure } from '../parts/loaded.tsx';
import { Mark } from '../parts/mark.tsx';
import { session } from '../session.ts';

export function SignInPage() {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { busy, fault, run } = useAction(async () => session.set(await signIn({ name: name.trim(), password })));
  return (
    <main class="gate">
      <form
        class="panel gate-panel stack"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        <h1 class="brand gate-brand">
          <Mark />
          Doublon
        </h1>
        <p class="muted">{say('signIn.welcome')}</p>
        <div class="field">
          <label for="name">{say('signIn.name')}</label>
          <input
            id="name"
            class="input"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            required
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </div>
        <div class="field">
          <label for="password">{say('signIn.password')}</label>
          <input
            id="password"
            class="input"
            type="password"
            autocomplete="current-password"
            required
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
        </div>
        {fault !== null && <Failure fault={fault} />}
        <button type="submit" class="button button-main" disabled={busy}>
          {say('signIn.do')}
        </button>
      </form>
      <LanguageChoice />
    </main>
  );
}
