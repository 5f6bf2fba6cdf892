/** The administrators' pages: accounts and numbers of the organisation, never what is on anybody's cards. */
import type { ComponentType } from 'preact';
import { say } from '../../messages/say.ts';
import { AccountTabs } from '../../parts/account-tabs.tsx';
import { type Route, routeHref } from '../../router.ts';
import { AuditPart } from './audit-part.tsx';
import { GroupsPart } from './groups-part.tsx';
import { InvitationsPart } from './invitations-part.tsx';
import { OrganisationPart } from './organisation-part.tsx';
import { RunsPart } from './runs-part.tsx';
import { UserDetail } from './user-detail.tsx';
import { UsersPart } from './users-part.tsx';

/** What a part is given: the second segment of its address. */
export interface PartProps {
  readonly id: string | null;
}

const PARTS = [
  { part: 'users', title: 'admin.users', Content: Users },
  { part: 'invitations', title: 'admin.invitations', Content: InvitationsPart },
  { part: 'groups', title: 'admin.groups', Content: GroupsPart },
  { part: 'runs', title: 'admin.runs', Content: RunsPart },
  { part: 'audit', title: 'admin.audit', Content: AuditPart },
  { part: 'organisation', title: 'admin.organisation', Content: OrganisationPart },
] as const satisfies readonly { part: string; title: string; Content: ComponentType<PartProps> }[];

export function AdministrationPage({ route }: { route: Route }) {
  const asked = route.page === 'administration' ? route : { part: null, id: null };
  const { part: shown, title, Content } = PARTS.find(({ part }) => part === asked.part) ?? PARTS[0];
  return (
    <div class="narrow stack">
      <AccountTabs current="administration" />
      <h1>{say('nav.administration')}</h1>
      <p class="muted">{say('admin.noContents')}</p>
      <nav class="part-nav" aria-label={say('admin.parts')}>
        {PARTS.map(({ part, title: words }) => (
          <a
            key={part}
            href={routeHref({ page: 'administration', part, id: null })}
            aria-current={part === shown ? 'page' : undefined}
          >
            {say(words)}
          </a>
        ))}
      </nav>
      <section class="stack" aria-label={say(title)} key={shown}>
        <Content id={asked.id} />
      </section>
    </div>
  );
}

function Users({ id }: PartProps) {
  return id === null ? <UsersPart /> : <UserDetail key={id} id={id} />;
}
