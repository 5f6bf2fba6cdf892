/** One name and the button that makes something of that name: an app password for a device, a link for somebody. */
import { useId } from 'preact/hooks';
import { submitting } from './action.ts';

interface NameFormProps {
  readonly label: string;
  readonly button: string;
  readonly name: string;
  readonly busy: boolean;
  readonly required?: boolean;
  setName(name: string): void;
  make(): void;
}

export function NameForm({ label, button, name, busy, required = false, setName, make }: NameFormProps) {
  const id = useId();
  return (
    <form class="device-form" onSubmit={submitting(make)}>
      <div class="field">
        <label for={id}>{label}</label>
        <input
          id={id}
          class="input"
          required={required}
          maxLength={100}
          autocomplete="off"
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </div>
      <button type="submit" class="button button-main" disabled={busy || (required && name.trim() === '')}>
        {button}
      </button>
    </form>
  );
}
