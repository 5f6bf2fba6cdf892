/** The recovery codes, shown once: to read, to copy, to save. */
import { useEffect, useState } from 'preact/hooks';
import { say } from '../../messages/say.ts';
import { CopyText } from '../../parts/copy.tsx';
import { Dialog } from '../../parts/dialog.tsx';

export function RecoveryCodesDialog({ codes, close }: { codes: readonly string[]; close: () => void }) {
  const text = codes.join('\n');
  return (
    <Dialog title={say('security.recovery')} close={close}>
      <p>{say('security.recoveryExplain')}</p>
      <CopyText label={say('security.recovery')} text={text} rows={codes.length} />
      <div class="dialog-actions">
        <SaveLink text={`${text}\n`} name="doublon-recovery-codes.txt" />
        <button type="button" class="button button-main" onClick={close}>
          {say('security.done')}
        </button>
      </div>
    </Dialog>
  );
}

function SaveLink({ text, name }: { text: string; name: string }) {
  const [url, setUrl] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [text]);
  return (
    <a class="button" href={url} download={name}>
      {say('security.download')}
    </a>
  );
}
