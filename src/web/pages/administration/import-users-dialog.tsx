/** Users from a CSV file, with a report line by line and the one-time passwords, shown once. */
import { useState } from 'preact/hooks';
import type { UserImportReport } from '../../../api/contract/users.ts';
import { importUsers } from '../../api/administration.ts';
import { say } from '../../messages/say.ts';
import { submitting, useAction } from '../../parts/action.ts';
import { CopyText } from '../../parts/copy.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Failure } from '../../parts/loaded.tsx';

const EXAMPLE = `name,displayName,emails,aliases,role
anna,Anna Berger,anna@example.org,a.berger,member
ben,Ben Keller,ben@example.org;ben.keller@example.org,,administrator`;

export function ImportUsersDialog({ close, imported }: { close: () => void; imported: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<UserImportReport | null>(null);
  const { busy, fault, run } = useAction(async () => {
    if (file === null) return;
    setReport(await importUsers(file));
    imported();
  });
  return (
    <Dialog title={say('users.import')} close={close}>
      <form class="stack" onSubmit={submitting(run)}>
        <p class="small muted">{say('userImport.explain')}</p>
        <details>
          <summary class="small">{say('userImport.example')}</summary>
          <CopyText label={say('userImport.example')} text={EXAMPLE} rows={4} />
        </details>
        <div class="field">
          <label for="users-file">{say('userImport.file')}</label>
          <input
            id="users-file"
            class="input"
            type="file"
            accept=".csv,text/csv"
            required
            disabled={busy}
            onChange={(event) => {
              setFile(event.currentTarget.files?.[0] ?? null);
              setReport(null);
            }}
          />
        </div>
        {fault !== null && <Failure fault={fault} />}
        {report && <Report report={report} />}
        <div class="dialog-actions">
          <button type="button" class="button" onClick={close}>
            {say('close')}
          </button>
          <button type="submit" class="button button-main" disabled={busy || file === null || report !== null}>
            {say(busy ? 'userImport.busy' : 'userImport.do')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

type Line = UserImportReport['lines'][number];

function Report({ report: { lines } }: { report: UserImportReport }) {
  const count = (outcome: Line['outcome']) => lines.filter((line) => line.outcome === outcome).length;
  const passwords = lines.filter((line) => line.oneTimePassword !== null);
  return (
    <div class="stack tight">
      <p role="status" class="note note-good">
        {say('userImport.counts', {
          created: count('created'),
          changed: count('changed'),
          unchanged: count('unchanged'),
          refused: count('refused'),
        })}
      </p>
      <ul class="dialog-list">
        {lines.map((line) => (
          <li key={line.line} class="small">
            <strong>{say('userImport.line', { line: line.line })}</strong> {line.name}:{' '}
            {say(`userImport.${line.outcome}`)}
            {line.reason !== null && ` – ${line.reason}`}
          </li>
        ))}
      </ul>
      {passwords.length > 0 && (
        <CopyText
          label={say('userImport.passwords')}
          text={passwords.map((line) => `${line.name}\t${line.oneTimePassword}`).join('\n')}
          rows={Math.min(passwords.length + 1, 8)}
        />
      )}
    </div>
  );
}
