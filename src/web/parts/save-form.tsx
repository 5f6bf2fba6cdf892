/** A form that saves: says so when it did, and why when it did not. */
import type { ComponentChildren } from 'preact';
import { say } from '../messages/say.ts';
import { submitting, useAction } from './action.ts';
import { Failure } from './loaded.tsx';
import { toast } from './toast.tsx';

interface SaveFormProps {
  readonly children: ComponentChildren;
  /** Where the form stands: `panel section` for a panel of its own. */
  readonly place?: string;
  save(): Promise<void>;
}

export function SaveForm({ children, place = '', save }: SaveFormProps) {
  const { busy, fault, run } = useAction(async () => {
    await save();
    toast(say('saved'));
  });
  return (
    <form class={`stack ${place}`} onSubmit={submitting(run)}>
      {children}
      {fault !== null && <Failure fault={fault} />}
      <div class="row">
        <button type="submit" class="button button-main" disabled={busy}>
          {say('save')}
        </button>
      </div>
    </form>
  );
}
