/** App passwords by device, with their last use: each renamed or revoked at once. */
import { useState } from 'preact/hooks';
import type { AppPassword } from '../../api/contract/devices.ts';
import { revokeAppPassword } from '../api/account.ts';
import { renameAppPassword } from '../api/security.ts';
import { say, sayMoment } from '../messages/say.ts';
import { ConfirmDialog } from './dialog.tsx';
import { Icon } from './icon.tsx';
import { TextField } from './text-field.tsx';
import { toast } from './toast.tsx';

export function DeviceList(props: { devices: readonly AppPassword[] | null; changed: () => void }) {
  const [asking, setAsking] = useState<AppPassword | null>(null);
  const [renaming, setRenaming] = useState<AppPassword | null>(null);
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
              {device.lastUsedFrom !== null && ` (${device.lastUsedFrom})`}
            </p>
          </div>
          <button
            type="button"
            class="button button-small"
            aria-label={say('setUp.renameOf', { name: device.name })}
            onClick={() => setRenaming(device)}
          >
            {say('setUp.rename')}
          </button>
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
      {renaming && <RenameDialog device={renaming} changed={props.changed} close={() => setRenaming(null)} />}
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

function RenameDialog({ device, changed, close }: { device: AppPassword; changed: () => void; close: () => void }) {
  const [name, setName] = useState(device.name);
  const rename = async () => {
    await renameAppPassword(device.id, name.trim());
    changed();
    close();
    toast(say('saved'));
  };
  return (
    <ConfirmDialog
      title={say('setUp.renameOf', { name: device.name })}
      confirm={say('save')}
      disabled={name.trim() === ''}
      run={rename}
      close={close}
    >
      <TextField
        id="device-new-name"
        label={say('setUp.deviceName')}
        required
        maxLength={100}
        value={name}
        change={setName}
      />
    </ConfirmDialog>
  );
}
