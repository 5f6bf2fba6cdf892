/** Sign in with login name and password, a code where the account asks for one, or by an OpenID provider. */
import { useState } from 'preact/hooks';
import { showSignInOptions, signIn } from '../api/account.ts';
import { RefusedError } from '../api/request.ts';
import { say } from '../messages/say.ts';
import { submitting, useAction } from '../parts/action.ts';
import { LanguageChoice } from '../parts/language-choice.tsx';
import { Failure, useLoaded } from '../parts/loaded.tsx';
import { Mark } from '../parts/mark.tsx';
import { LoginNameField, PresentPasswordField, TextField } from '../parts/text-field.tsx';
import { session } from '../session.ts';

export function SignInPage() {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { code, setCode, codeAsked, busy, fault, run } = useSignIn(name, password);
  return (
    <main class="gate">
      <form class="panel gate-panel stack" onSubmit={submitting(run)}>
        <h1 class="brand gate-brand">
          <Mark />
          Doublon
        </h1>
        <p class="muted">{say('signIn.welcome')}</p>
        <LoginNameField id="name" value={name} change={setName} />
        <PresentPasswordField id="password" label={say('signIn.password')} value={password} change={setPassword} />
        {codeAsked && <CodeField value={code} change={setCode} />}
        {fault !== null && <Failure fault={fault} />}
        <button type="submit" class="button button-main" disabled={busy}>
          {say('signIn.do')}
        </button>
        <OpenIdWay />
      </form>
      <LanguageChoice />
    </main>
  );
}

/** The two steps: the password first, then a code where the server asks for one. */
function useSignIn(name: string, password: string) {
  const [code, setCode] = useState('');
  const [codeAsked, setCodeAsked] = useState(false);
  const { busy, fault, run } = useAction(async () => {
    try {
      session.set(await signIn({ name: name.trim(), password, ...(codeAsked ? { code: code.trim() } : {}) }));
    } catch (refusal) {
      if (!(refusal instanceof RefusedError) || refusal.problem.code !== 'second-factor-required') throw refusal;
      setCodeAsked(true);
    }
  });
  return { code, setCode, codeAsked, busy, fault, run };
}

/** Asked for once the password was right: whoever tabs through the form comes to it at once. */
function CodeField(props: { value: string; change: (code: string) => void }) {
  return (
    <TextField
      id="code"
      label={say('signIn.code')}
      hint={say('signIn.codeHint')}
      autocomplete="one-time-code"
      literal
      required
      maxLength={30}
      focus
      value={props.value}
      change={props.change}
    />
  );
}

/** The provider's button, where the server has one, and why it sent the person back without a session. */
function OpenIdWay() {
  const openId = useLoaded(showSignInOptions, []).value?.openId;
  const refused = location.hash.startsWith('#/sign-in-refused');
  return (
    <>
      {refused && (
        <p class="note note-error" role="alert">
          {say('signIn.refused')}
        </p>
      )}
      {openId && (
        <a class="button" href={new URL(openId.href, document.baseURI).href}>
          {say('signIn.with', { name: openId.name })}
        </a>
      )}
    </>
  );
}
