/** What a night may do: merge by itself, how many suggestions it shows, a mail, and by which clock it comes. */
import { useState } from 'preact/hooks';
import type { Account } from '../../../api/contract/account.ts';
import type { NightSettings } from '../../../api/contract/nights.ts';
import { changeAccount } from '../../api/account.ts';
import { changeNightSettings, showNightSettings } from '../../api/history.ts';
import { say } from '../../messages/say.ts';
import { Failure, useLoaded, Waiting } from '../../parts/loaded.tsx';
import { SaveForm } from '../../parts/save-form.tsx';
import { session } from '../../session.ts';

const UNATTENDED = ['none', 'exact', 'certain'] as const;
const MOST_NEW = 500;

export function NightWishes() {
  const account = session.get()?.account;
  const { value, fault, reload } = useLoaded(showNightSettings, []);
  if (fault !== null) return <Failure fault={fault} retry={reload} />;
  if (value === null || !account) return <Waiting />;
  return <Form first={value} account={account} />;
}

function Form({ first, account }: { first: NightSettings; account: Account }) {
  const [wishes, setWishes] = useState(first);
  const [timeZone, setTimeZone] = useState(account.timeZone ?? '');
  const change = (patch: Partial<NightSettings>) => setWishes((before) => ({ ...before, ...patch }));
  const save = async () => {
    const { unattended, mostNew, mail, mailTo } = wishes;
    setWishes(await changeNightSettings({ unattended, mostNew, mail, mailTo: mailTo?.trim() || null }));
    if (timeZone !== (account.timeZone ?? '')) {
      const changed = await changeAccount({ timeZone: timeZone || null });
      const current = session.get();
      if (current) session.set({ ...current, account: changed });
    }
  };
  return (
    <SaveForm place="panel section" save={save}>
      <p class="muted">{say('nights.explain')}</p>
      <UnattendedChoice wishes={wishes} change={change} />
      <div class="form-grid">
        <div class="field">
          <label for="most-new">{say('nights.mostNew')}</label>
          <input
            id="most-new"
            class="input input-short"
            type="number"
            min={1}
            max={MOST_NEW}
            required
            value={wishes.mostNew}
            onInput={(event) => change({ mostNew: event.currentTarget.valueAsNumber || 1 })}
          />
        </div>
        <TimeZoneField timeZone={timeZone} change={setTimeZone} />
      </div>
      <MailFields wishes={wishes} change={change} emails={account.emails} />
    </SaveForm>
  );
}

interface WishFieldsProps {
  readonly wishes: NightSettings;
  change(patch: Partial<NightSettings>): void;
}

function UnattendedChoice({ wishes, change }: WishFieldsProps) {
  return (
    <fieldset class="stack tight">
      <legend class="field-label">{say('nights.unattended')}</legend>
      {UNATTENDED.map((each) => (
        <label key={each} class="check check-top">
          <input
            type="radio"
            name="unattended"
            checked={wishes.unattended === each}
            onChange={() => change({ unattended: each })}
          />
          <span>
            {say(`nights.unattended.${each}`)}
            <span class="field-hint">{say(`nights.unattendedMore.${each}`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function TimeZoneField({ timeZone, change }: { timeZone: string; change: (zone: string) => void }) {
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = new Set([here, ...(timeZone ? [timeZone] : []), ...Intl.supportedValuesOf('timeZone')]);
  return (
    <div class="field">
      <label for="time-zone">{say('nights.timeZone')}</label>
      <select id="time-zone" class="input" value={timeZone} onChange={(event) => change(event.currentTarget.value)}>
        <option value="">{say('nights.serverZone')}</option>
        {[...zones].map((zone) => (
          <option key={zone} value={zone}>
            {zone === here ? say('nights.zoneHere', { zone: readable(zone) }) : readable(zone)}
          </option>
        ))}
      </select>
    </div>
  );
}

const readable = (zone: string): string => zone.replaceAll('_', ' ');

function MailFields({ wishes, emails, change }: WishFieldsProps & { emails: readonly string[] }) {
  if (!wishes.mailOffered) return <p class="small muted">{say('nights.noMail')}</p>;
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={wishes.mail}
          onChange={(event) => change({ mail: event.currentTarget.checked })}
        />
        {say('nights.mail')}
      </label>
      {wishes.mail && (
        <div class="field">
          <label for="mail-to">{say('nights.mailTo')}</label>
          <input
            id="mail-to"
            class="input"
            type="email"
            maxLength={254}
            required={emails.length === 0}
            placeholder={emails[0] ?? ''}
            value={wishes.mailTo ?? ''}
            onInput={(event) => change({ mailTo: event.currentTarget.value })}
          />
        </div>
      )}
    </>
  );
}
