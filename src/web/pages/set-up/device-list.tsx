/** App passwords by device, with their last use, each revocable at once. */
import { useState } from 'preact/hooks';
import type { AppPassword } from '../../../api/contract/devices.ts';
import { revokeAppPassword } from '../../api/account.ts';
import { say, sayMoment } from '../../messages/say.ts';
import { ConfirmDialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { toast } from '../../parts/toast.tsx';

export function DeviceList(props: { devices: readonly AppPassword[] | null; changed: () => void }) {
  const [asking, setAsking] = useState<AppPassword | null>(null);
  if (props.devices === null) return null;
  if (props.devices.length === 0) return <p class="muted">{say('setUp.noDevices')}</p>;
  const revoke = async (device: AppPassword) => {
    await revokeAppPassword(device.id);
    setAsking(null);
    props.changed();
    toast(say('setUp.revoked', { name: device.name }));
  };
  return (
    <ul class="panel entries">
      {props.devices.map((device) => (
        <li key={device.id} class="entry">
          <Icon name="device" />
          <div class="entry-words">
            <strong>{device.name}</strong>
            <p class="small muted">
              {say('setUp.since', { when: sayMoment(device.createdAt, 'date') })} ·{' '}
              {device.lastUsedAt === null
                ? say('setUp.neverUsed')
                : say('setUp.lastUsed', { when: sayMoment(device.lastUsedAt) })}
            </p>
          </div>
          <button
            type="button"
            class="button button-small button-danger"
            aria-label={say('setUp.revokeOf', { name: device.name })}
            onClick={() => setAsking(device)}
          >
            {say('setUp.revoke')}
          </button>
        </li>
      ))}
      {asking && (
        <ConfirmDialog
          title={say('setUp.revokeOf', { name: asking.name })}
          confirm={say('setUp.revoke')}
          danger
          run={() => revoke(asking)}
          close={() => setAsking(null)}
        >
          <p>{say('setUp.revokeWarning')}</p>
        </ConfirmDialog>
      )}
    </ul>
  );
}
