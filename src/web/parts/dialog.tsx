/** A modal dialog on the browser's own element: focus stays inside, Escape closes, focus returns. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { say } from '../messages/say.ts';
import { submitting, useAction } from './action.ts';
import { Icon } from './icon.tsx';
import { Failure } from './loaded.tsx';

export function Dialog(props: { title: string; close: () => void; children: ComponentChildren }) {
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const before = document.activeElement;
    element.current?.showModal();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={element}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        props.close();
      }}
    >
      <div class="dialog-body">
        <div class="row">
          <h2 id={titleId}>{props.title}</h2>
          <button
            type="button"
            class="button button-quiet button-icon push"
            aria-label={say('close')}
            onClick={props.close}
          >
            <Icon name="close" />
          </button>
        </div>
        {props.children}
      </div>
    </dialog>
  );
}

interface ConfirmProps {
  readonly title: string;
  readonly confirm: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly children: ComponentChildren;
  /** Stays open and says why when this fails. */
  run(): Promise<void>;
  close(): void;
}

/** A dialog with one action and a way out; a form, so that Enter confirms. */
export function ConfirmDialog(props: ConfirmProps) {
  const { busy, fault, run } = useAction(props.run);
  return (
    <Dialog title={props.title} close={props.close}>
      <form class="stack" onSubmit={submitting(run)}>
        {props.children}
        {fault !== null && <Failure fault={fault} />}
        <div class="dialog-actions">
          <button type="button" class="button" onClick={props.close}>
            {say('cancel')}
          </button>
          <button
            type="submit"
            class={`button ${props.danger ? 'button-danger' : 'button-main'}`}
            disabled={busy || props.disabled === true}
          >
            {props.confirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
