/** Deleting for good takes typing the name. */
import { useState } from 'preact/hooks';
import { say } from '../../messages/say.ts';
import { ConfirmDialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/text-field.tsx';
import { toast } from '../../parts/toast.tsx';

interface DeleteByNameProps {
  readonly name: string;
  readonly title: string;
  readonly warning: string;
  remove(confirm: string): Promise<unknown>;
  removed(): void;
  close(): void;
}

export function DeleteByNameDialog({ name, title, warning, remove, removed, close }: DeleteByNameProps) {
  const [typed, setTyped] = useState('');
  const run = async () => {
    await remove(typed.trim());
    removed();
    toast(say('users.deleted', { name }));
  };
  return (
    <ConfirmDialog
      title={title}
      confirm={say('users.deleteDo')}
      danger
      disabled={typed.trim() !== name}
      run={run}
      close={close}
    >
      <p>{warning}</p>
      <TextField id="delete-by-name" label={say('books.typeName', { name })} literal value={typed} change={setTyped} />
    </ConfirmDialog>
  );
}
