/** A field with its label, its hint and what the browser should know of it. */
import { say } from '../messages/say.ts';

export interface TextFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string | undefined;
  /** True: what is typed stays hidden. */
  readonly secret?: boolean;
  /** The keyboard that a phone shows. */
  readonly inputmode?: 'email' | 'numeric' | undefined;
  readonly autocomplete?: string;
  readonly required?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly short?: boolean;
  /** True: a name or code, which the keyboard of a phone must not correct. */
  readonly literal?: boolean;
  /** Focus it as soon as it is there. */
  readonly focus?: boolean;
  change(value: string): void;
}

export function TextField(props: TextFieldProps) {
  return (
    <div class="field">
      <label for={props.id}>{props.label}</label>
      <input
        id={props.id}
        class={props.short ? 'input input-short' : 'input'}
        {...(props.secret ? { type: 'password' as const } : { type: 'text' as const })}
        inputmode={props.inputmode}
        required={props.required}
        autocomplete={props.autocomplete ?? 'off'}
        autocapitalize={props.literal ? 'none' : undefined}
        spellcheck={props.literal ? false : undefined}
        minLength={props.minLength}
        maxLength={props.maxLength}
        pattern={props.pattern}
        aria-describedby={props.hint ? `${props.id}-hint` : undefined}
        ref={(input) => {
          if (props.focus && props.value === '') input?.focus();
        }}
        value={props.value}
        onInput={(event) => props.change(event.currentTarget.value)}
      />
      {props.hint && (
        <p class="field-hint" id={`${props.id}-hint`}>
          {props.hint}
        </p>
      )}
    </div>
  );
}

type PasswordProps = Pick<TextFieldProps, 'id' | 'label' | 'value' | 'change'>;

/** The password that holds now. */
export function PresentPasswordField(props: PasswordProps) {
  return <TextField {...props} secret autocomplete="current-password" required />;
}

/** A password to be chosen; `hint`: what makes a good one. */
export function NewPasswordField(props: PasswordProps & { hint?: string }) {
  return <TextField hint={say('password.hint')} {...props} secret autocomplete="new-password" required minLength={8} />;
}

/** A user's login name. */
export function LoginNameField(props: Omit<TextFieldProps, 'label'> & { label?: string }) {
  return <TextField label={say('signIn.name')} autocomplete="username" {...props} required literal maxLength={200} />;
}
