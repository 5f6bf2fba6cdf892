/** Where an invitation link leads: the invited person chooses name and password. */
import { useState } from 'preact/hooks';
import { acceptInvitation, showInvitation } from '../api/account.ts';
import { RefusedError } from '../api/request.ts';
import { say } from '../messages/say.ts';
import { submitting, useAction } from '../parts/action.ts';
import { LanguageChoice } from '../parts/language-choice.tsx';
import { Failure, useLoaded, Waiting } from '../parts/loaded.tsx';
import { LoginNameField, NewPasswordField } from '../parts/text-field.tsx';
import { session } from '../session.ts';

const LINK = /^#\/invitation\/([A-Za-z0-9._-]+)$/;

/** The token of an invitation link in the page's address, or null. */
export function invitationToken(hash: string): string | null {
  return LINK.exec(hash)?.[1] ?? null;
}

export function AcceptInvitationPage(props: { token: string }) {
  const { value, fault, reload } = useLoaded((signal) => showInvitation(props.token, signal), [props.token]);
  return (
    <main class="gate">
      <div class="panel gate-panel stack">
        {fault !== null && <Unusable fault={fault} reload={reload} />}
        {!value && fault === null && <Waiting />}
        {value && <AcceptForm token={props.token} organisation={value.organisation} />}
      </div>
      <LanguageChoice />
    </main>
  );
}

/** Whoever accepted it before looks for the way in. */
function Unusable({ fault, reload }: { fault: unknown; reload: () => void }) {
  const gone = fault instanceof RefusedError;
  return (
    <>
      <Failure fault={fault} retry={gone ? undefined : reload} />
      {gone && (
        <a class="button" href={new URL('.', document.baseURI).href}>
          {say('signIn.do')}
        </a>
      )}
    </>
  );
}

function AcceptForm(props: { token: string; organisation: string }) {
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const { busy, fault, run } = useAction(async () => {
    const accepted = await acceptInvitation({ token: props.token, name: name.trim(), password });
    location.hash = '';
    session.set(accepted);
  });
  return (
    <form class="stack" onSubmit={submitting(run)}>
      <h1>{say('invitation.title', { name: props.organisation })}</h1>
      <LoginNameField id="new-name" value={name} change={setName} />
      <NewPasswordField id="new-password" label={say('signIn.password')} value={password} change={setPassword} />
      {fault !== null && <Failure fault={fault} />}
      <button type="submit" class="button button-main" disabled={busy}>
        {say('invitation.do')}
      </button>
    </form>
  );
}
