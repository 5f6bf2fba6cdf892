/** Setting up the second factor: the password, then the code to scan, then a code of the app. */
import { useState } from 'preact/hooks';
import type { Enrolment } from '../../../api/contract/security.ts';
import { beginSecondFactor, confirmSecondFactor } from '../../api/security.ts';
import { say } from '../../messages/say.ts';
import { CopyLine } from '../../parts/copy.tsx';
import { ConfirmDialog } from '../../parts/dialog.tsx';
import { QrCode } from '../../parts/qr-code.tsx';
import { TextField } from '../../parts/text-field.tsx';
import { ProofDialog } from './proof-dialog.tsx';

export function EnrolDialog(props: { enrolled: (recoveryCodes: readonly string[]) => void; close: () => void }) {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  if (enrolment === null) {
    return (
      <ProofDialog
        title={say('security.twoFactor')}
        confirm={say('security.next')}
        close={props.close}
        run={async (password) => setEnrolment(await beginSecondFactor(password))}
      />
    );
  }
  return <ConfirmEnrolment enrolment={enrolment} enrolled={props.enrolled} close={props.close} />;
}

function ConfirmEnrolment(props: {
  enrolment: Enrolment;
  enrolled: (recoveryCodes: readonly string[]) => void;
  close: () => void;
}) {
  const [code, setCode] = useState('');
  const { secret, uri } = props.enrolment;
  return (
    <ConfirmDialog
      title={say('security.twoFactor')}
      confirm={say('security.confirm')}
      disabled={code.trim().length < 6}
      run={async () => props.enrolled((await confirmSecondFactor(code.trim())).recoveryCodes)}
      close={props.close}
    >
      <p>{say('security.scan')}</p>
      <div class="qr-block">
        <QrCode text={uri} label={say('security.code')} />
        <div class="stack tight">
          <CopyLine label={say('security.key')} text={secret.replaceAll(/(.{4})(?=.)/g, '$1 ')} />
          <a class="small" href={uri}>
            otpauth://
          </a>
        </div>
      </div>
      <TextField
        id="app-code"
        label={say('security.appCode')}
        autocomplete="one-time-code"
        literal
        required
        short
        maxLength={10}
        value={code}
        change={setCode}
        focus
      />
    </ConfirmDialog>
  );
}
