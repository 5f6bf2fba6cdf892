/** Reading a file into a book or calendar: what to do with known ones, how far it is, what was refused and why. */
import { useState } from 'preact/hooks';
import type { CollectionView, ImportReport } from '../../../api/contract/collections.ts';
import { importFile } from '../../api/collections.ts';
import { startRun } from '../../api/duplicates.ts';
import { say, sayIfKnown } from '../../messages/say.ts';
import { submitting, useAction } from '../../parts/action.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Failure } from '../../parts/loaded.tsx';
import { refreshCollections } from '../../session.ts';

const POLICIES = ['skip', 'replace', 'keep-both'] as const;

export function ImportDialog({ collection, close }: { collection: CollectionView; close: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [policy, setPolicy] = useState<(typeof POLICIES)[number]>('skip');
  const [report, setReport] = useState<ImportReport | null>(null);
  const { busy, fault, run } = useAction(async () => {
    if (file === null) return;
    setReport(null);
    const done = await importFile(collection.id, file, policy, setReport);
    setReport(done);
    // the search is a further step, which goes on by itself: where it cannot begin now, it does soon
    if (collection.kind === 'addressbook' && done.created + done.replaced > 0) await startRun().catch(() => {});
    await refreshCollections();
  });
  return (
    <Dialog title={say('books.of', { deed: say('books.import'), name: collection.displayName })} close={close}>
      <form class="stack" onSubmit={submitting(run)}>
        <div class="field">
          <label for="import-file">{say(collection.kind === 'calendar' ? 'import.icsFile' : 'import.vcfFile')}</label>
          <input
            id="import-file"
            class="input"
            type="file"
            accept={
              collection.kind === 'calendar' ? '.ics,.ical,text/calendar' : '.vcf,.vcard,.csv,text/vcard,text/csv'
            }
            required
            disabled={busy}
            onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
          />
        </div>
        <fieldset class="stack tight" disabled={busy}>
          <legend class="field-label">{say('import.known')}</legend>
          {POLICIES.map((each) => (
            <label key={each} class="check">
              <input type="radio" name="policy" checked={policy === each} onChange={() => setPolicy(each)} />
              {say(`import.${each}`)}
            </label>
          ))}
        </fieldset>
        {report && <Report report={report} kind={collection.kind} size={file?.size ?? 0} />}
        {fault !== null && <Failure fault={fault} />}
        <div class="dialog-actions">
          <button type="button" class="button" onClick={close}>
            {say('close')}
          </button>
          <button type="submit" class="button button-main" disabled={busy || file === null}>
            {say(busy ? 'import.busy' : 'books.import')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface ReportProps {
  readonly report: ImportReport;
  readonly kind: CollectionView['kind'];
  /** Octets of the file. */
  readonly size: number;
}

function Report({ report, kind, size }: ReportProps) {
  const taken = report.created + report.replaced + report.skipped;
  const counts = [
    { text: say('import.created', { n: report.created }), shown: true },
    { text: say('import.replaced', { n: report.replaced }), shown: report.replaced > 0 },
    { text: say('import.skipped', { n: report.skipped }), shown: report.skipped > 0 },
    { text: say('import.refused', { n: report.refusedCount }), shown: report.refusedCount > 0 },
  ];
  return (
    <div class="stack tight">
      {!report.finished && (
        <progress class="progress" max={Math.max(size, 1)} value={report.octets} aria-label={say('import.busy')} />
      )}
      {report.finished && taken === 0 && (
        <p role="alert" class="note note-error">
          {say(kind === 'calendar' ? 'import.noEntries' : 'import.noCards')}
        </p>
      )}
      <p role="status" class={report.finished && taken > 0 ? 'note note-good' : 'note'}>
        {counts
          .filter((count) => count.shown)
          .map((count) => count.text)
          .join(' · ')}
      </p>
      {report.copies > 0 && (
        <p class="note">
          {say('import.copies', { n: report.copies })}{' '}
          {report.finished && <a href="#/duplicates">{say('import.merge')}</a>}
        </p>
      )}
      <Known known={report.known.filter((item) => item.reason !== 'same-uid')} />
      {report.refused.length > 0 && (
        <details open={report.finished}>
          <summary>{say('import.refused', { n: report.refusedCount })}</summary>
          <ul class="dialog-list">
            {report.refused.map((refusal) => (
              <li key={refusal.index} class="small">
                <strong>{say('import.line', { index: refusal.index, line: refusal.line })}</strong>{' '}
                {sayIfKnown(`fault.${refusal.code}`) ?? refusal.detail}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Known({ known }: { known: ImportReport['known'] }) {
  if (known.length === 0) return null;
  return (
    <details>
      <summary>{say('import.knownList', { n: known.length })}</summary>
      <ul class="dialog-list">
        {known.map((item) => (
          <li key={item.index} class="small">
            <strong>{say('import.line', { index: item.index, line: item.line })}</strong>{' '}
            {say(`import.${item.reason}`, { name: item.displayName })}
          </li>
        ))}
      </ul>
    </details>
  );
}
