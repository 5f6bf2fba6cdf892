/** One cluster: who it is, why, the cards side by side, and what to do. */
import { useEffect, useRef } from 'preact/hooks';
import { sayProperty } from '../../messages/fields.ts';
import { say } from '../../messages/say.ts';
import { BackLink } from '../../parts/back-link.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Failure, Waiting } from '../../parts/loaded.tsx';
import { go } from '../../router.ts';
import { sharedName } from '../../session.ts';
import { ActionBar } from './action-bar.tsx';
import { CardColumns } from './card-columns.tsx';
import { ChangedNote } from './changed-note.tsx';
import { shownRows, unplacedAdditions } from './comparison.ts';
import { Confidence } from './confidence.tsx';
import { LargeClusterDialog } from './large-cluster.tsx';
import { useClusterKeys } from './shortcuts.tsx';
import { type Cluster, useCluster } from './use-cluster.ts';
import type { ClusterActions } from './use-decisions.ts';
import { useDeeds } from './use-deeds.ts';
import { Why } from './why.tsx';

interface ClusterPaneProps {
  readonly suggestionId: string;
  /** Place in the list, from 1; 0 when it is not loaded there. */
  readonly place: number;
  readonly total: number;
  readonly previousId: string | null;
  readonly nextId: string | null;
  readonly actions: ClusterActions;
  /** False: it opened by itself, so the focus stays where the reader is. */
  readonly takesFocus: boolean;
  showKeys(): void;
}

export function ClusterPane(props: ClusterPaneProps) {
  const cluster = useCluster(props.suggestionId);
  const { deciding, confirming, changed, ...deeds } = useDeeds(cluster, props.actions);
  const heading = useRef<HTMLHeadingElement>(null);
  const { detail, preview } = cluster;
  useClusterKeys(cluster, deeds, props);
  useEffect(() => {
    if (props.takesFocus) heading.current?.focus({ preventScroll: true });
  }, [props.suggestionId, detail === null]);

  if (detail === null)
    return (
      <article class="cluster-pane">
        <BackLink to={{ page: 'duplicates', suggestionId: null }} label={say('duplicates.back')} />
        {cluster.fault === null ? <Waiting /> : <Failure fault={cluster.fault} retry={cluster.reload} />}
      </article>
    );
  const reference = detail.cards.find((card) => card.id === cluster.referenceId) ?? detail.cards[0]!;
  const rows = shownRows(
    detail.rows,
    cluster.shownPreview,
    detail.cards.map((card) => card.id),
    cluster.referenceId,
  );
  return (
    <article class="cluster-pane" aria-labelledby="cluster-name">
      <div class="cluster-scroll">
        <header class="cluster-head">
          <BackLink to={{ page: 'duplicates', suggestionId: null }} label={say('duplicates.back')} />
          <h2 id="cluster-name" ref={heading} tabIndex={-1}>
            {reference.displayName || say('card.nameless')}
          </h2>
          <Confidence tier={detail.tier} probability={detail.probability} />
          <Steps {...props} />
        </header>
        {detail.reopened && (
          <p class="note">
            <Icon name="history" />
            {say('duplicates.reopened')}
          </p>
        )}
        {changed !== null && <ChangedNote cards={changed} close={deeds.forgetChanges} />}
        {cluster.fault !== null && <Failure fault={cluster.fault} retry={cluster.reload} />}
        {detail.mergeable ? <SharedNote cluster={cluster} /> : <p class="note">{say('duplicates.readOnly')}</p>}
        <Why detail={detail} />
        <CardColumns cluster={cluster} detail={detail} rows={rows} more={unplacedAdditions(rows, preview)} />
        {cluster.previewFault !== null && <Failure fault={cluster.previewFault} retry={cluster.reload} />}
        {preview && <Aside preview={preview} />}
        <Legend />
      </div>
      <ActionBar cluster={cluster} busy={deciding} showKeys={props.showKeys} {...deeds} />
      {confirming && <LargeClusterDialog cluster={cluster} merge={deeds.mergeNow} close={deeds.doNotMerge} />}
    </article>
  );
}

/** A merge changes books of others for everybody who syncs them: said before it is done. */
function SharedNote({ cluster }: { cluster: Cluster }) {
  const taking = new Set(
    cluster.detail?.cards.flatMap(({ id, collectionId }) => (cluster.tickedIds.has(id) ? collectionId : [])),
  );
  const books = cluster.detail?.sharedBooks.filter((book) => taking.has(book.id)) ?? [];
  if (books.length === 0) return null;
  const names = books.map(sharedName).join(', ');
  return (
    <p class="note">
      <Icon name="warning" />
      {say('merge.shared', { names })}
    </p>
  );
}

function Steps(props: Pick<ClusterPaneProps, 'place' | 'total' | 'previousId' | 'nextId'>) {
  const step = (id: string | null, label: string, icon: 'back' | 'next') => (
    <button
      type="button"
      class="button button-quiet button-icon"
      aria-label={label}
      disabled={id === null}
      onClick={() => id && go({ page: 'duplicates', suggestionId: id }, 'replace')}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <div class="steps push">
      {props.place > 0 && (
        <span class="muted small">{say('duplicates.place', { n: props.place, total: props.total })}</span>
      )}
      {step(props.previousId, say('duplicates.previous'), 'back')}
      {step(props.nextId, say('duplicates.next'), 'next')}
    </div>
  );
}

const STATES = ['identical', 'equivalent', 'similar', 'different', 'only-here'] as const;

function Legend() {
  return (
    <ul class="legend" aria-label={say('legend')}>
      {STATES.map((state) => (
        <li key={state} class={`state-tag state-${state}`}>
          <Icon name={state} size={14} />
          {say(`state.${state}`)}
        </li>
      ))}
    </ul>
  );
}

/** What the merge does beside the fields: values that leave the card, and groups that follow. */
function Aside(props: { preview: NonNullable<ReturnType<typeof useCluster>['preview']> }) {
  const { kept, groups } = props.preview;
  if (kept.length === 0 && groups.length === 0) return null;
  return (
    <section class="aside">
      {kept.length > 0 && (
        <details>
          <summary>{say('preview.kept', { n: kept.length })}</summary>
          <ul>
            {kept.map((value, index) => (
              <li key={index}>
                <strong>{sayProperty(value.property)}</strong> {value.text}{' '}
                <span class="muted">
                  {value.fate === 'kept-aside' && value.as
                    ? say('preview.keptAs', { property: sayProperty(value.as) })
                    : say('preview.keptInRecord')}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {groups.length > 0 && (
        <p class="small">{say('preview.groups', { names: groups.map((group) => group.displayName).join(', ') })}</p>
      )}
    </section>
  );
}
