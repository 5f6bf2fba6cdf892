/** Two-factor sign-in: its state, setting it up, new recovery codes, turning it off. */
import { useState } from 'preact/hooks';
import type { SecondFactor } from '../../../api/contract/security.ts';
import { endSecondFactor, renewRecoveryCodes, showSecondFactor } from '../../api/security.ts';
import { say } from '../../messages/say.ts';
import { Icon } from '../../parts/icon.tsx';
import { Failure, useLoaded, Waiting } from '../../parts/loaded.tsx';
import { toast } from '../../parts/toast.tsx';
import { EnrolDialog } from './enrol-dialog.tsx';
import { ProofDialog } from './proof-dialog.tsx';
import { RecoveryCodesDialog } from './recovery-codes.tsx';

type Asking = 'enrol' | 'codes' | 'off' | null;

export function SecondFactorSection() {
  const { value, fault, reload } = useLoaded(showSecondFactor, []);
  const [asking, setAsking] = useState<Asking>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const close = () => setAsking(null);
  return (
    <section class="panel section stack">
      <div class="row">
        <h2>{say('security.twoFactor')}</h2>
        {value && <StateChip on={value.enabled} />}
      </div>
      <p class="muted">{say('security.twoFactorExplain')}</p>
      {fault !== null && <Failure fault={fault} retry={reload} />}
      {value === null && fault === null && <Waiting />}
      {value && <Deeds state={value} ask={setAsking} />}
      {asking === 'enrol' && (
        <EnrolDialog
          close={close}
          enrolled={(made) => {
            setAsking(null);
            setCodes(made);
            reload();
            toast(say('security.turnedOn'));
          }}
        />
      )}
      {asking === 'codes' && (
        <ProofDialog
          title={say('security.recovery')}
          confirm={say('security.next')}
          warning={say('security.newCodesWarning')}
          close={close}
          run={async (password) => {
            setCodes((await renewRecoveryCodes(password)).recoveryCodes);
            setAsking(null);
            reload();
          }}
        />
      )}
      {asking === 'off' && (
        <ProofDialog
          title={say('security.twoFactor')}
          confirm={say('security.turnOff')}
          warning={say('security.turnOffWarning')}
          danger
          close={close}
          run={async (password) => {
            await endSecondFactor(password);
            setAsking(null);
            reload();
            toast(say('security.turnedOff'));
          }}
        />
      )}
      {codes && <RecoveryCodesDialog codes={codes} close={() => setCodes(null)} />}
    </section>
  );
}

function StateChip({ on }: { on: boolean }) {
  return (
    <span class={on ? 'chip chip-good' : 'chip'}>
      {on && <Icon name="check" size={14} />}
      {say(on ? 'security.on' : 'security.off')}
    </span>
  );
}

function Deeds({ state, ask }: { state: SecondFactor; ask: (asking: Asking) => void }) {
  if (!state.enabled) {
    return (
      <div class="row">
        <button type="button" class="button button-main" onClick={() => ask('enrol')}>
          <Icon name="shield" />
          {say('security.turnOn')}
        </button>
      </div>
    );
  }
  return (
    <>
      <p class={state.recoveryCodesLeft < 3 ? 'note note-error' : ''}>
        {say('security.codesLeft', { n: state.recoveryCodesLeft })}
      </p>
      <div class="row">
        <button type="button" class="button" onClick={() => ask('codes')}>
          {say('security.newCodes')}
        </button>
        <button type="button" class="button button-danger" onClick={() => ask('off')}>
          {say('security.turnOff')}
        </button>
      </div>
    </>
  );
}
