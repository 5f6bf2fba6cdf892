/** One card: its fields as people read them, and the text that is stored. */
import { useState } from 'preact/hooks';
import type { CardDetail, CardField } from '../../../api/contract/cards.ts';
import { listVersions } from '../../api/cards.ts';
import { showCard } from '../../api/collections.ts';
import { sayProperty, sayTypes } from '../../messages/fields.ts';
import { say, sayMoment } from '../../messages/say.ts';
import { BackLink } from '../../parts/back-link.tsx';
import { NO_FIELDS } from '../../parts/lines-for-programs.ts';
import { Failure, useLoaded, Waiting } from '../../parts/loaded.tsx';
import { usePages } from '../../parts/pages.tsx';
import { Photo } from '../../parts/photo.tsx';
import { VersionList } from '../../parts/version-list.tsx';
import { collectionName, mayWrite, sharedCollection } from '../../session.ts';
import { CardDeeds } from './card-deeds.tsx';
import { CardEditor } from './card-editor.tsx';
import { CardGroups } from './card-groups.tsx';

/** The name is the heading, members are shown by their names; the stored text shows them all. */
const SHOWN_ELSEWHERE = new Set([
  ...NO_FIELDS,
  'FN',
  'MEMBER',
  'X-ADDRESSBOOKSERVER-MEMBER',
  'X-ADDRESSBOOKSERVER-KIND',
]);

export function CardPane(props: { cardId: string; changed: () => void }) {
  const { value: card, fault, reload } = useLoaded((signal) => showCard(props.cardId, signal), [props.cardId]);
  const [editing, setEditing] = useState(false);
  const changed = () => {
    setEditing(false);
    reload();
    props.changed();
  };
  return (
    <article class="cluster-pane">
      <div class="cluster-scroll">
        <header class="cluster-head">
          <BackLink to={{ page: 'contacts', cardId: null }} label={say('contacts.back')} />
          {card && (
            <>
              <Photo card={card} size="large" />
              <div>
                <h2>{card.displayName || say('card.nameless')}</h2>
                <p class="small muted">
                  {[card.organisation, collectionName(card.collectionId), sayMoment(card.modifiedAt)]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
              </div>
            </>
          )}
        </header>
        {card === null && (fault === null ? <Waiting /> : <Failure fault={fault} retry={reload} />)}
        {card && !editing && (
          <>
            {mayWrite(card.collectionId) ? (
              <CardDeeds card={card} edit={() => setEditing(true)} changed={changed} />
            ) : (
              <p class="small muted">{say('contacts.readOnly')}</p>
            )}
            <Fields card={card} />
            <CardGroups card={card} />
            {!sharedCollection(card.collectionId) && <Versions key={card.etag} card={card} changed={changed} />}
          </>
        )}
        {card && editing && <CardEditor card={card} saved={changed} close={() => setEditing(false)} />}
      </div>
    </article>
  );
}

function Fields(props: { card: CardDetail }) {
  const shown = props.card.fields.filter((field) => !SHOWN_ELSEWHERE.has(field.property) && field.text.trim() !== '');
  return (
    <>
      {shown.length > 0 && (
        <dl class="panel card-fields">
          {shown.map((field, index) => (
            <div key={index} class="card-field">
              <dt>{sayProperty(field.property)}</dt>
              <dd>
                <FieldText field={field} />
                <span class="value-types">{sayTypes(field.types, field.label)}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      <details class="stored">
        <summary>{say('contacts.stored')}</summary>
        <pre class="panel">{props.card.vcard}</pre>
      </details>
    </>
  );
}

/** Asked for only when they are opened. */
function Versions({ card, changed }: { card: CardDetail; changed: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <details class="stored" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('versions.title')}</summary>
      {open && <OpenVersions card={card} changed={changed} />}
    </details>
  );
}

function OpenVersions({ card, changed }: { card: CardDetail; changed: () => void }) {
  const versions = usePages((cursor, signal) => listVersions(card.id, cursor, signal), [card.id, card.etag]);
  const tell = ({ endedAt }: { endedAt: string }) => say('versions.until', { when: sayMoment(endedAt) });
  return <VersionList versions={versions} none={say('versions.none')} tell={tell} restored={changed} />;
}

function FieldText(props: { field: CardField }) {
  const { property, text } = props.field;
  // as it stands, an address could add others to the mail, or words: RFC 6068 §2
  if (property === 'EMAIL') return <a href={`mailto:${encodeURIComponent(text).replaceAll('%40', '@')}`}>{text}</a>;
  if (property === 'TEL') return <a href={`tel:${text.replace(/^tel:/i, '').replace(/[^\d+*#,;]/g, '')}`}>{text}</a>;
  if (property === 'URL' && /^https?:\/\//i.test(text))
    return (
      <a href={text} rel="noreferrer noopener" target="_blank">
        {text}
      </a>
    );
  return <span class="field-text">{text}</span>;
}
