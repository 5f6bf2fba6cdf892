/** Everything that keeps strangers out of the account: password, second factor, browsers, devices, sign-ins. */
import { useState } from 'preact/hooks';
import { listAppPasswords } from '../../api/account.ts';
import { say } from '../../messages/say.ts';
import { AccountTabs } from '../../parts/account-tabs.tsx';
import { DeviceList } from '../../parts/device-list.tsx';
import { Failure, useLoaded, Waiting } from '../../parts/loaded.tsx';
import { toast } from '../../parts/toast.tsx';
import { routeHref } from '../../router.ts';
import { PasswordForm } from '../change-password.tsx';
import { SecondFactorSection } from './second-factor.tsx';
import { SessionsSection } from './sessions.tsx';
import { SignInsSection } from './sign-ins.tsx';

export function SecurityPage() {
  const [passwordRound, setPasswordRound] = useState(0);
  const [round, setRound] = useState(0);
  const devices = useLoaded(listAppPasswords, [round]);
  const changed = () => setRound(round + 1);
  return (
    <div class="narrow stack">
      <AccountTabs current="security" />
      <h1>{say('nav.security')}</h1>
      <section class="panel section stack">
        <h2>{say('password.change')}</h2>
        <PasswordForm
          key={passwordRound}
          changed={() => {
            setPasswordRound(passwordRound + 1);
            changed();
            toast(say('password.changed'));
          }}
        />
      </section>
      <SecondFactorSection />
      <SessionsSection round={round} changed={changed} />
      <section class="stack">
        <div class="row">
          <h2>{say('security.devices')}</h2>
          <a class="button button-small push" href={routeHref({ page: 'set-up' })}>
            {say('security.connect')}
          </a>
        </div>
        {devices.fault !== null && <Failure fault={devices.fault} retry={devices.reload} />}
        {devices.value === null && devices.fault === null && <Waiting />}
        <DeviceList devices={devices.value?.items ?? null} changed={changed} />
      </section>
      <SignInsSection />
    </div>
  );
}
