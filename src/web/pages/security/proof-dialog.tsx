/** A dialog that asks for the password before something that a stranger at an open page must not do. */
import { useState } from 'preact/hooks';
import { say } from '../../messages/say.ts';
import { ConfirmDialog } from '../../parts/dialog.tsx';
import { PresentPasswordField } from '../../parts/text-field.tsx';

export function ProofDialog(props: {
  title: string;
  confirm: string;
  warning?: string;
  danger?: boolean;
  run: (password: string) => Promise<void>;
  close: () => void;
}) {
  const [password, setPassword] = useState('');
  return (
    <ConfirmDialog
      title={props.title}
      confirm={props.confirm}
      danger={props.danger ?? false}
      disabled={password === ''}
      run={() => props.run(password)}
      close={props.close}
    >
      {props.warning && <p>{props.warning}</p>}
      <p class="muted">{say('security.askPassword')}</p>
      <PresentPasswordField id="proof-password" label={say('signIn.password')} value={password} change={setPassword} />
    </ConfirmDialog>
  );
}
