/** Text to take along: shown, and copied with one click. */
import { useId, useState } from 'preact/hooks';
import { say } from '../messages/say.ts';
import { Icon } from './icon.tsx';

function CopyButton(props: { text: string; label: string; from: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    // Without a secure context there is no clipboard: the text is selected, so that the keyboard copies it.
    const done = await navigator.clipboard?.writeText(props.text).then(
      () => true,
      () => false,
    );
    if (done) setCopied(true);
    else document.getElementById(props.from)?.focus();
  };
  return (
    <button
      type="button"
      class="button button-small"
      aria-label={say('copyOf', { label: props.label })}
      onClick={() => void copy()}
    >
      <Icon name={copied ? 'check' : 'copy'} size={16} />
      <span role="status">{say(copied ? 'copied' : 'copy')}</span>
    </button>
  );
}

export function CopyLine(props: { label: string; text: string }) {
  const id = useId();
  return (
    <div class="copy-line">
      <label class="field-label" for={id}>
        {props.label}
      </label>
      <input
        id={id}
        class="input copy-text"
        readOnly
        value={props.text}
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton text={props.text} label={props.label} from={id} />
    </div>
  );
}

export function CopyText(props: { label: string; text: string; rows?: number }) {
  const id = useId();
  return (
    <div class="stack tight">
      <div class="row">
        <label class="field-label" for={id}>
          {props.label}
        </label>
        <span class="push">
          <CopyButton text={props.text} label={props.label} from={id} />
        </span>
      </div>
      <textarea
        id={id}
        class="input copy-text"
        readOnly
        rows={props.rows ?? 12}
        spellcheck={false}
        value={props.text}
        onFocus={(event) => event.currentTarget.select()}
      />
    </div>
  );
}
