/** Making or changing a group, a room or a thing. */
import { useState } from 'preact/hooks';
import type { PrincipalKindName, PrincipalView } from '../../../api/contract/organisation.ts';
import { changePrincipal, createPrincipal } from '../../api/administration.ts';
import { say } from '../../messages/say.ts';
import { ConfirmDialog } from '../../parts/dialog.tsx';
import { TextField } from '../../parts/text-field.tsx';
import { toast } from '../../parts/toast.tsx';
import { LinesField, linesOf } from './user-fields.tsx';

const KINDS: readonly PrincipalKindName[] = ['group', 'location', 'resource'];

interface GroupDialogProps {
  /** Null: a new one. */
  readonly principal: PrincipalView | null;
  stored(): void;
  close(): void;
}

export function GroupDialog({ principal, stored, close }: GroupDialogProps) {
  const [kind, setKind] = useState<PrincipalKindName>(principal?.kind ?? 'group');
  const [name, setName] = useState(principal?.name ?? '');
  const [displayName, setDisplayName] = useState(principal?.displayName ?? '');
  const [members, setMembers] = useState((principal?.members ?? []).join('\n'));
  const store = async () => {
    const shown = displayName.trim() === '' ? {} : { displayName: displayName.trim() };
    const inside = kind === 'group' ? { members: linesOf(members) } : {};
    if (principal) await changePrincipal(principal.id, { ...shown, ...inside });
    else await createPrincipal({ kind, name: name.trim(), ...shown, ...inside });
    stored();
    close();
    toast(say('saved'));
  };
  const title = principal ? say('groups.editOf', { name: principal.displayName }) : say('groups.new');
  return (
    <ConfirmDialog title={title} confirm={say('save')} disabled={name.trim() === ''} run={store} close={close}>
      {principal === null && (
        <>
          <fieldset class="row">
            <legend class="field-label">{say('groups.kind')}</legend>
            {KINDS.map((each) => (
              <label key={each} class="check">
                <input type="radio" name="group-kind" checked={kind === each} onChange={() => setKind(each)} />
                {say(`groups.${each}`)}
              </label>
            ))}
          </fieldset>
          <TextField
            id="group-name"
            label={say('groups.name')}
            hint={say('groups.nameHint')}
            required
            literal
            maxLength={200}
            value={name}
            change={setName}
          />
        </>
      )}
      <TextField
        id="group-display-name"
        label={say('users.displayName')}
        maxLength={200}
        value={displayName}
        change={setDisplayName}
      />
      {kind === 'group' && (
        <LinesField id="group-members" label={say('groups.members')} rows={6} value={members} change={setMembers} />
      )}
    </ConfirmDialog>
  );
}
