/** Earlier versions or deleted entries: each put back by one click. */
import { useState } from 'preact/hooks';
import type { ObjectVersion } from '../../api/contract/history.ts';
import { restoreVersion, showVersion } from '../api/cards.ts';
import { sayProperty } from '../messages/fields.ts';
import { say, sayMoment } from '../messages/say.ts';
import { useAction } from './action.ts';
import { Icon } from './icon.tsx';
import { NO_FIELDS } from './lines-for-programs.ts';
import { Failure, useLoaded, Waiting } from './loaded.tsx';
import { MoreButton, type Pages } from './pages.tsx';
import { toast } from './toast.tsx';

interface VersionListProps {
  readonly versions: Pages<ObjectVersion>;
  /** Said when there are none. */
  readonly none: string;
  /** What stands under the name of a version. */
  tell(version: ObjectVersion): string;
  restored(): void;
}

export function VersionList({ versions, none, tell, restored }: VersionListProps) {
  const { busy, fault, run } = useAction(async (version: ObjectVersion) => {
    await restoreVersion(version);
    toast(say('versions.restored', { name: version.displayName }));
    restored();
  });
  return (
    <>
      {versions.fault !== null && <Failure fault={versions.fault} retry={versions.reload} />}
      {versions.items.length === 0 && versions.loading && <Waiting />}
      {versions.empty && <p class="muted">{none}</p>}
      {fault !== null && <Failure fault={fault} />}
      <ul class="panel entries">
        {versions.items.map((version) => (
          <li class="entry" key={version.seq}>
            <div class="entry-words">
              <strong>{version.displayName}</strong>
              <p class="small muted">{tell(version)}</p>
              <VersionContent version={version} />
            </div>
            <button
              type="button"
              class="button button-small"
              disabled={busy}
              aria-label={say('versions.restoreOf', { name: version.displayName, when: sayMoment(version.endedAt) })}
              onClick={() => void run(version)}
            >
              <Icon name="undo" size={16} />
              {say('versions.restore')}
            </button>
          </li>
        ))}
      </ul>
      <MoreButton pages={versions} />
    </>
  );
}

/** The version's fields, fetched when it is opened. */
function VersionContent({ version }: { version: ObjectVersion }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="small">{say('versions.show', { when: sayMoment(version.writtenAt) })}</summary>
      {open && <Content version={version} />}
    </details>
  );
}

function Content({ version }: { version: ObjectVersion }) {
  const { value, fault, reload } = useLoaded((signal) => showVersion(version, signal), [version.seq]);
  if (fault !== null) return <Failure fault={fault} retry={reload} />;
  if (value === null) return <Waiting />;
  const fields = value.fields.filter(({ property, text }) => !NO_FIELDS.has(property) && text !== '');
  if (fields.length === 0) return <pre class="small">{value.text}</pre>;
  return (
    <dl class="small">
      {fields.map((field, index) => (
        <div class="card-field" key={index}>
          <dt>{sayProperty(field.property)}</dt>
          <dd>{field.text}</dd>
        </div>
      ))}
    </dl>
  );
}
