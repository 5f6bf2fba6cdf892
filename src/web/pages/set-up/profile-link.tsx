/** The configuration profile of an Apple device: a one-time link, to open here or by a phone's camera. */
import type { NewAppPassword } from '../../../api/contract/devices.ts';
import { createSetUpLink } from '../../api/account.ts';
import { say, sayMoment } from '../../messages/say.ts';
import { Failure, useLoaded, Waiting } from '../../parts/loaded.tsx';
import { QrCode } from '../../parts/qr-code.tsx';
import { onlyHere } from './clients.ts';

export function ProfileLink({ made }: { made: NewAppPassword }) {
  const id = made.appPassword.id;
  const { value: link, fault, reload } = useLoaded(() => createSetUpLink(id, made.secret), [id]);
  if (fault !== null) return <Failure fault={fault} retry={reload} />;
  if (link === null) return <Waiting />;
  return (
    <div class="qr-block">
      <QrCode text={link.url} label={say('setUp.profileCode')} />
      <div class="stack tight">
        <p>{say('setUp.scanProfile')}</p>
        <a class="button" href={link.url} rel="noreferrer">
          {say('setUp.openProfile')}
        </a>
        <p class="small muted">{say('setUp.linkOnce', { when: sayMoment(link.expiresAt) })}</p>
        <button type="button" class="button button-quiet button-small" onClick={reload}>
          {say('setUp.newLink')}
        </button>
        {onlyHere(link.url) && <p class="small note">{say('setUp.onlyHere')}</p>}
      </div>
    </div>
  );
}
