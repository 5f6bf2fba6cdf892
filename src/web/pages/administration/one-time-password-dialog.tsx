/** A one-time password, shown once. */
import { say } from '../../messages/say.ts';
import { CopyLine } from '../../parts/copy.tsx';
import { Dialog } from '../../parts/dialog.tsx';

export function OneTimePasswordDialog(props: { name: string; password: string; close: () => void }) {
  return (
    <Dialog title={say('users.oneTime')} close={props.close}>
      <div class="note note-good secret">
        <p role="status">{say('users.oneTimeIs', { name: props.name })}</p>
        <CopyLine label={say('signIn.name')} text={props.name} />
        <CopyLine label={say('signIn.password')} text={props.password} />
      </div>
      <div class="dialog-actions">
        <button type="button" class="button button-main" onClick={props.close}>
          {say('close')}
        </button>
      </div>
    </Dialog>
  );
}
