/** Further names by which a user signs in. */
import { useState } from 'preact/hooks';
import type { UserView } from '../../../api/contract/users.ts';
import { addAlias, removeAlias } from '../../api/administration.ts';
import { say } from '../../messages/say.ts';
import { submitting, useAction } from '../../parts/action.ts';
import { Icon } from '../../parts/icon.tsx';
import { Failure } from '../../parts/loaded.tsx';
import { toast } from '../../parts/toast.tsx';

export function UserAliases({ user, changed }: { user: UserView; changed: () => void }) {
  const [name, setName] = useState('');
  const adding = useAction(async () => {
    await addAlias(user.id, name.trim());
    setName('');
    changed();
    toast(say('saved'));
  });
  const removing = useAction(async (alias: string) => {
    await removeAlias(user.id, alias);
    changed();
    toast(say('saved'));
  });
  const fault = adding.fault ?? removing.fault;
  return (
    <section class="panel section stack">
      <h3>{say('users.aliases')}</h3>
      {user.aliases.length === 0 && <p class="muted">{say('users.noAliases', { name: user.name })}</p>}
      {user.aliases.length > 0 && <AliasList aliases={user.aliases} busy={removing.busy} remove={removing.run} />}
      <form class="field" onSubmit={submitting(adding.run)}>
        <label for="new-alias">{say('users.alias')}</label>
        <div class="input-row">
          <input
            id="new-alias"
            class="input"
            required
            maxLength={200}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <button type="submit" class="button" disabled={adding.busy}>
            {say('users.addAlias')}
          </button>
        </div>
      </form>
      {fault !== null && <Failure fault={fault} />}
    </section>
  );
}

function AliasList(props: { aliases: readonly string[]; busy: boolean; remove: (alias: string) => Promise<void> }) {
  return (
    <ul class="row" aria-label={say('users.aliases')}>
      {props.aliases.map((alias) => (
        <li key={alias} class="chip chip-large">
          {alias}
          <button
            type="button"
            class="chip-button"
            disabled={props.busy}
            aria-label={say('users.removeAlias', { name: alias })}
            onClick={() => void props.remove(alias)}
          >
            <Icon name="close" size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
}
