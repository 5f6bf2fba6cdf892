/** The organisation: its name, its numbers, what new users start with. */
import { useState } from 'preact/hooks';
import type { OrganisationChangeRequest, OrganisationView } from '../../../api/contract/organisation.ts';
import { changeOrganisation, showOrganisation } from '../../api/administration.ts';
import { say, sayMoment, sayOctets } from '../../messages/say.ts';
import { LANGUAGE_NAMES } from '../../parts/language-choice.tsx';
import { Failure, useLoaded, Waiting } from '../../parts/loaded.tsx';
import { SaveForm } from '../../parts/save-form.tsx';
import { TextField } from '../../parts/text-field.tsx';
import { FilterField } from './filter-field.tsx';
import { megabytesOf, octetsOf } from './user-fields.tsx';

export function OrganisationPart() {
  const { value, fault, reload } = useLoaded(showOrganisation, []);
  if (fault !== null) return <Failure fault={fault} retry={reload} />;
  if (value === null) return <Waiting />;
  return (
    <>
      <Numbers organisation={value} />
      <OrganisationForm organisation={value} changed={reload} />
    </>
  );
}

function Numbers({ organisation: { numbers, createdAt } }: { organisation: OrganisationView }) {
  const words = [
    say('organisation.users', { n: numbers.users }),
    say('organisation.administrators', { n: numbers.administrators }),
    ...(numbers.disabled > 0 ? [say('organisation.disabled', { n: numbers.disabled })] : []),
    say('organisation.secondFactor', { n: numbers.secondFactor }),
    say('organisation.octets', { octets: sayOctets(numbers.octetsUsed) }),
    say('organisation.since', { when: sayMoment(createdAt, 'date') }),
  ];
  return (
    <ul class="row" aria-label={say('organisation.numbers')}>
      {words.map((text) => (
        <li key={text} class="chip chip-large">
          {text}
        </li>
      ))}
    </ul>
  );
}

/** What the form holds: texts as they are typed. */
interface Typed {
  readonly name: string;
  readonly language: string;
  readonly timeZone: string;
  readonly region: string;
  readonly quota: string;
}

function typedOf({ name, newUsers }: OrganisationView): Typed {
  const { language, timeZone, region, quota } = newUsers;
  return {
    name,
    language: language ?? '',
    timeZone: timeZone ?? '',
    region: region ?? '',
    quota: megabytesOf(quota),
  };
}

function wantedOf({ name, language, timeZone, region, quota }: Typed): OrganisationChangeRequest {
  return {
    name: name.trim(),
    newUsers: {
      language: language || null,
      timeZone: timeZone.trim() || null,
      region: region.trim().toUpperCase() || null,
      quota: octetsOf(quota),
    },
  };
}

function OrganisationForm({ organisation, changed }: { organisation: OrganisationView; changed: () => void }) {
  const [typed, setTyped] = useState(typedOf(organisation));
  const type = (key: keyof Typed) => (value: string) => setTyped((before) => ({ ...before, [key]: value }));
  const save = async () => {
    await changeOrganisation(wantedOf(typed));
    changed();
  };
  return (
    <SaveForm place="panel section" save={save}>
      <TextField
        id="organisation-name"
        label={say('organisation.name')}
        required
        maxLength={200}
        value={typed.name}
        change={type('name')}
      />
      <NewUserFields typed={typed} type={type} />
    </SaveForm>
  );
}

function NewUserFields(props: { typed: Typed; type: (key: keyof Typed) => (value: string) => void }) {
  const { typed, type } = props;
  return (
    <fieldset class="stack tight">
      <legend class="legend-heading">{say('organisation.newUsers')}</legend>
      <p class="small muted">{say('organisation.newUsersExplain')}</p>
      <div class="form-grid">
        <FilterField
          id="organisation-language"
          label={say('organisation.language')}
          all={say('organisation.asServer')}
          options={Object.entries(LANGUAGE_NAMES)}
          value={typed.language}
          change={type('language')}
        />
        <TextField
          id="organisation-zone"
          label={say('organisation.timeZone')}
          literal
          maxLength={64}
          value={typed.timeZone}
          change={type('timeZone')}
        />
        <TextField
          id="organisation-region"
          label={say('organisation.region')}
          short
          literal
          pattern="[A-Za-z]{2}"
          maxLength={2}
          value={typed.region}
          change={type('region')}
        />
        <QuotaField id="organisation-quota" value={typed.quota} change={type('quota')} />
      </div>
    </fieldset>
  );
}

export function QuotaField(props: { id: string; value: string; change: (value: string) => void }) {
  return (
    <TextField
      {...props}
      label={say('users.quota')}
      hint={say('users.quotaHint')}
      pattern="[0-9]+([.,][0-9]+)?"
      short
      literal
      maxLength={12}
    />
  );
}
