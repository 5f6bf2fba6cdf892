/** What an administrator may change of a user: names, addresses, role, quota. */
import { useState } from 'preact/hooks';
import type { UserView } from '../../../api/contract/users.ts';
import { changeUser } from '../../api/administration.ts';
import { say } from '../../messages/say.ts';
import { SaveForm } from '../../parts/save-form.tsx';
import { TextField } from '../../parts/text-field.tsx';
import { QuotaField } from './organisation-part.tsx';
import { LinesField, linesOf, megabytesOf, octetsOf, RoleField } from './user-fields.tsx';

export function UserProfile({ user, changed }: { user: UserView; changed: () => void }) {
  const [displayName, setDisplayName] = useState(user.displayName);
  const [emails, setEmails] = useState(user.emails.join('\n'));
  const [role, setRole] = useState(user.role);
  const [quota, setQuota] = useState(megabytesOf(user.quota));
  const save = async () => {
    await changeUser(user.id, {
      displayName: displayName.trim(),
      emails: linesOf(emails),
      role,
      quota: octetsOf(quota),
    });
    changed();
  };
  return (
    <SaveForm place="panel section" save={save}>
      <h3>{say('users.profile')}</h3>
      <div class="form-grid">
        <TextField
          id="user-display-name"
          label={say('users.displayName')}
          required
          maxLength={200}
          value={displayName}
          change={setDisplayName}
        />
        <RoleField id="user-role" role={role} change={setRole} />
        <LinesField id="user-emails" label={say('users.emails')} rows={2} value={emails} change={setEmails} />
        <QuotaField id="user-quota" value={quota} change={setQuota} />
      </div>
    </SaveForm>
  );
}
