/** Groups of users, rooms and things that can be booked. */
import { useState } from 'preact/hooks';
import type { PrincipalView } from '../../../api/contract/organisation.ts';
import { deletePrincipal, listPrincipals } from '../../api/administration.ts';
import { say } from '../../messages/say.ts';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { PagedEntries } from '../../parts/paged-entries.tsx';
import { usePages } from '../../parts/pages.tsx';
import { DeleteByNameDialog } from './delete-by-name-dialog.tsx';
import { GroupDialog } from './group-dialog.tsx';

const ICONS: Readonly<Record<PrincipalView['kind'], IconName>> = {
  group: 'people',
  resource: 'star',
  location: 'calendar',
};

interface Asking {
  readonly deed: 'edit' | 'delete';
  /** Null: a new one. */
  readonly principal: PrincipalView | null;
}

export function GroupsPart() {
  const pages = usePages(listPrincipals, []);
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = () => setAsking(null);
  return (
    <>
      <div class="row">
        <p class="muted grow">{say('groups.explain')}</p>
        <button
          type="button"
          class="button button-main push"
          onClick={() => setAsking({ deed: 'edit', principal: null })}
        >
          <Icon name="plus" />
          {say('groups.new')}
        </button>
      </div>
      <PagedEntries
        pages={pages}
        label={say('admin.groups')}
        empty={say('groups.none')}
        draw={(principal) => (
          <Entry key={principal.id} principal={principal} ask={(deed) => setAsking({ deed, principal })} />
        )}
      />
      {asking?.deed === 'edit' && <GroupDialog principal={asking.principal} close={close} stored={pages.reload} />}
      {asking?.deed === 'delete' && asking.principal && (
        <DeleteByNameDialog
          name={asking.principal.name}
          title={say('groups.deleteOf', { name: asking.principal.displayName })}
          warning={say('groups.deleteExplain')}
          remove={(confirm) => deletePrincipal(asking.principal!.id, confirm)}
          removed={() => {
            close();
            pages.reload();
          }}
          close={close}
        />
      )}
    </>
  );
}

function Entry({ principal, ask }: { principal: PrincipalView; ask: (deed: Asking['deed']) => void }) {
  const { kind, displayName, name, members, memberCount } = principal;
  return (
    <li class="entry">
      <Icon name={ICONS[kind]} />
      <div class="entry-words">
        <p class="row tight">
          <strong>{displayName}</strong>
          <span class="chip">{say(`groups.${kind}`)}</span>
        </p>
        <p class="small muted">
          {name}
          {memberCount !== null && ` · ${say('groups.memberCount', { n: memberCount })}`}
          {members !== null && members.length > 0 && `: ${members.slice(0, 10).join(', ')}`}
        </p>
      </div>
      <button
        type="button"
        class="button button-small"
        aria-label={say('groups.editOf', { name: displayName })}
        onClick={() => ask('edit')}
      >
        {say('groups.edit')}
      </button>
      <button
        type="button"
        class="button button-small button-danger"
        aria-label={say('groups.deleteOf', { name: displayName })}
        onClick={() => ask('delete')}
      >
        {say('groups.delete')}
      </button>
    </li>
  );
}
