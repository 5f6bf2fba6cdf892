/** Who is here decides what is drawn: sign-in, the forced change of a temporary password, or the pages. */
import { useEffect, useState } from 'preact/hooks';
import type { Session } from '../api/contract/account.ts';
import { showSession } from './api/account.ts';
import { keepCsrfToken, onSignedOut, RefusedError } from './api/request.ts';
import { AcceptInvitationPage, invitationToken } from './pages/accept-invitation.tsx';
import { ChangePasswordPage } from './pages/change-password.tsx';
import { SignInPage } from './pages/sign-in.tsx';
import { Failure, Waiting } from './parts/loaded.tsx';
import { useShared } from './parts/shared-state.ts';
import { Toasts } from './parts/toast.tsx';
import { wording } from './parts/wording.ts';
import { session } from './session.ts';
import { Shell } from './shell.tsx';

interface AppProps {
  /** The session as it was asked for at the start. */
  readonly first: Promise<Session>;
}

export function App({ first }: AppProps) {
  const round = useShared(wording);
  return (
    <div class="app" key={round}>
      <Page first={first} />
      <Toasts />
    </div>
  );
}

function Page({ first }: AppProps) {
  const current = useShared(session);
  const [fault, setFault] = useState<unknown>(null);
  const ask = (answer: Promise<Session>) => {
    setFault(null);
    answer.then(session.set, (failure: unknown) => {
      if (failure instanceof RefusedError && failure.status === 401) session.set(null);
      else setFault(failure);
    });
  };
  useEffect(() => {
    onSignedOut(() => {
      keepCsrfToken(null);
      session.set(null);
    });
    if (session.get() === undefined) ask(first);
  }, []);
  if (fault !== null) return <Failure fault={fault} retry={() => ask(showSession())} />;
  if (current === undefined) return <Waiting />;
  const invitation = invitationToken(location.hash);
  if (current === null) return invitation ? <AcceptInvitationPage token={invitation} /> : <SignInPage />;
  if (current.account.passwordTemporary) return <ChangePasswordPage />;
  return <Shell account={current.account} />;
}
