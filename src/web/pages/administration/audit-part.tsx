/** The audit log: who did what, when, from where; of one user and of one kind when asked for. */
import { useState } from 'preact/hooks';
import type { AuditEntry } from '../../../api/contract/administration.ts';
import { listAuditEntries, listUsers, showUser } from '../../api/administration.ts';
import { say, sayIfKnown, sayMoment } from '../../messages/say.ts';
import { submitting, useAction } from '../../parts/action.ts';
import { Failure, useLoaded } from '../../parts/loaded.tsx';
import { PagedEntries } from '../../parts/paged-entries.tsx';
import { usePages } from '../../parts/pages.tsx';
import { go } from '../../router.ts';
import type { PartProps } from './administration-page.tsx';
import { AUDIT_ACTIONS } from './audit-actions.ts';
import { FilterField } from './filter-field.tsx';

export function AuditPart({ id }: PartProps) {
  const [action, setAction] = useState('');
  const user = id ?? '';
  const pages = usePages((cursor, signal) => listAuditEntries({ user, action }, cursor, signal), [user, action]);
  return (
    <>
      <div class="form-grid">
        <UserFilter key={user} id={id} />
        <FilterField
          id="audit-action"
          label={say('audit.action')}
          all={say('audit.everything')}
          options={AUDIT_ACTIONS.map((each) => [each, say(`audit.${each}`)])}
          value={action}
          change={setAction}
        />
      </div>
      <PagedEntries
        pages={pages}
        label={say('admin.audit')}
        empty={say('audit.none')}
        draw={(entry) => <Entry key={entry.id} entry={entry} />}
      />
    </>
  );
}

/** One user by name; the address of the page keeps who it is. */
function UserFilter({ id }: PartProps) {
  const known = useLoaded((signal) => (id === null ? Promise.resolve(null) : showUser(id, signal)), [id]);
  const [typed, setTyped] = useState<string | null>(null);
  const [unknown, setUnknown] = useState(false);
  const name = typed ?? known.value?.name ?? '';
  const { fault, run } = useAction(async () => {
    setUnknown(false);
    const wanted = name.trim();
    const { items } = wanted === '' ? { items: [] } : await listUsers(wanted, null, new AbortController().signal);
    const found = items.find((user) => user.name === wanted) ?? (items.length === 1 ? items[0] : undefined);
    if (wanted !== '' && !found) return setUnknown(true);
    go({ page: 'administration', part: 'audit', id: found?.id ?? null });
  });
  return (
    <form class="field" onSubmit={submitting(run)}>
      <label for="audit-user">{say('audit.user')}</label>
      <div class="input-row">
        <input
          id="audit-user"
          type="search"
          class="input"
          autocapitalize="none"
          spellcheck={false}
          value={name}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
        <button type="submit" class="button">
          {say('audit.filter')}
        </button>
      </div>
      {unknown && (
        <p class="note note-error" role="alert">
          {say('audit.unknownUser')}
        </p>
      )}
      {fault !== null && <Failure fault={fault} />}
    </form>
  );
}

const IDENTIFIER = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function wordsOf({ action, actor, subject, details }: AuditEntry): string {
  const words = sayIfKnown(`audit.${action}`) ?? action;
  const about = [subject, details.alias].filter(
    (each): each is string => typeof each === 'string' && each !== '' && each !== actor && !IDENTIFIER.test(each),
  );
  return about.length === 0 ? words : say('audit.about', { words, subject: about.join(', ') });
}

function Entry({ entry }: { entry: AuditEntry }) {
  const where = entry.address === '' ? [] : [say('audit.from', { address: entry.address })];
  return (
    <li class="entry">
      <div class="entry-words">
        <p>
          <strong>{entry.actor}</strong> · {wordsOf(entry)}
        </p>
        <p class="small muted">{[sayMoment(entry.at), ...where].join(' · ')}</p>
      </div>
    </li>
  );
}
