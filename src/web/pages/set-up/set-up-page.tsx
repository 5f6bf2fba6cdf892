/** Connecting a device: an app password of its own, the right addresses, and the list of devices that have one. */
import { useRef, useState } from 'preact/hooks';
import type { NewAppPassword } from '../../../api/contract/devices.ts';
import { createAppPassword, listAppPasswords } from '../../api/account.ts';
import { say } from '../../messages/say.ts';
import { useAction } from '../../parts/action.ts';
import { CopyLine, CopyText } from '../../parts/copy.tsx';
import { DeviceList } from '../../parts/device-list.tsx';
import { Failure, useLoaded } from '../../parts/loaded.tsx';
import { NameForm } from '../../parts/name-form.tsx';
import { QrCode } from '../../parts/qr-code.tsx';
import { useShared } from '../../parts/shared-state.ts';
import { session } from '../../session.ts';
import { CLIENTS, type Client, type Connection, connectionOf, onlyHere } from './clients.ts';
import { ProfileLink } from './profile-link.tsx';

export function SetUpPage() {
  const account = useShared(session)?.account;
  const devices = useLoaded(listAppPasswords, []);
  const [client, setClient] = useState<Client>(CLIENTS[0]!);
  const [made, setMade] = useState<NewAppPassword | null>(null);
  if (!account) return null;
  return (
    <div class="narrow stack">
      <h1>{say('setUp.title')}</h1>
      <p class="muted">{say('setUp.explain')}</p>
      <fieldset class="client-choice">
        <legend class="field-label">{say('setUp.which')}</legend>
        {CLIENTS.map((each) => (
          <label key={each.id} class="client-card">
            <input
              type="radio"
              name="client"
              class="visually-hidden"
              checked={each.id === client.id}
              onChange={() => {
                setClient(each);
                setMade(null);
              }}
            />
            <span>{each.id === 'other' ? say('setUp.otherName') : each.name}</span>
          </label>
        ))}
      </fieldset>
      <NewDevice key={client.id} client={client} made={made} setMade={setMade} refresh={devices.reload} />
      <Instructions client={client} made={made} connection={connectionOf(account.name, made, document.baseURI)} />
      <section class="stack">
        <h2>{say('setUp.devices')}</h2>
        {devices.fault !== null && <Failure fault={devices.fault} retry={devices.reload} />}
        <DeviceList devices={devices.value?.items ?? null} changed={devices.reload} />
      </section>
    </div>
  );
}

interface NewDeviceProps {
  readonly client: Client;
  readonly made: NewAppPassword | null;
  setMade(made: NewAppPassword): void;
  refresh(): void;
}

function NewDevice({ client, made, setMade, refresh }: NewDeviceProps) {
  const [name, setName] = useState(client.id === 'other' ? '' : client.name);
  const shown = useRef<HTMLDivElement>(null);
  const { busy, fault, run } = useAction(async () => {
    setMade(await createAppPassword(name.trim()));
    refresh();
    shown.current?.focus();
  });
  return (
    <section class="panel section stack">
      <h2>{say('setUp.step1')}</h2>
      <NameForm
        label={say('setUp.deviceName')}
        button={say('setUp.make')}
        required
        {...{ name, setName, busy }}
        make={() => void run()}
      />
      {fault !== null && <Failure fault={fault} />}
      <div ref={shown} tabIndex={-1} role="status">
        {made && (
          <div class="note note-good secret">
            <p>{say('setUp.secretOnce')}</p>
            <CopyLine label={say('setUp.appPassword')} text={made.secret} />
          </div>
        )}
      </div>
    </section>
  );
}

interface InstructionsProps {
  readonly client: Client;
  readonly made: NewAppPassword | null;
  readonly connection: Connection;
}

function Instructions({ client, made, connection }: InstructionsProps) {
  const link = client.link?.(connection);
  return (
    <section class="panel section stack">
      <h2>{say('setUp.step2')}</h2>
      <ol class="steps-list">
        {client.steps.map((step) => (
          <li key={step}>{say(step)}</li>
        ))}
      </ol>
      {client.profile && made && <ProfileLink made={made} />}
      {client.profile && !made && <p class="note">{say('setUp.profileFirst')}</p>}
      {link && (
        <div class="qr-block">
          <QrCode text={link} label={say('setUp.appCode')} />
          <div class="stack tight">
            <p>{say('setUp.scanApp')}</p>
            <a class="button" href={link}>
              {say('setUp.openApp')}
            </a>
            {onlyHere(connection.server) && <p class="small note">{say('setUp.onlyHere')}</p>}
          </div>
        </div>
      )}
      <div class="stack tight">
        {client.values(connection).map(({ label, text }) => (
          <CopyLine key={label} label={say(label)} text={text} />
        ))}
      </div>
      {client.config && <CopyText label={say('setUp.config')} text={client.config(connection)} />}
      {connection.secret === null && <p class="small muted">{say('setUp.passwordFirst')}</p>}
    </section>
  );
}
