import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { makeAuthenticator } from '../../src/commands/authenticate.ts';
import type { Context } from '../../src/commands/context.ts';
import { DEFAULT_LIMITS } from '../../src/commands/limits.ts';
import { provision } from '../../src/commands/provision.ts';
import { planFromCsv, planFromJson } from '../../src/commands/provision-plan.ts';
import { listMembersOf } from '../../src/store/group-members.ts';
import { findPrincipalByLogin } from '../../src/store/principals.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

describe('a plan of accounts', () => {
  it('names the entry and the field that is wrong', () => {
    expect(() => planFromJson('{"users":[{"name":"ann"},{"nam":"bob"}]}')).toThrow(/In users\[1\]: name/);
    expect(() => planFromJson('{"users":[')).toThrow(/not JSON/);
    expect(() => planFromCsv('name,region\nann,Germany\n')).toThrow(/In line 2: region: is a two-letter/);
  });

  it('reads the same from CSV as from JSON, quotes and lists included', () => {
    const csv = planFromCsv(
      'kind,name,password,displayName,emails,members\ngroup,all,,,,ann;bob\nuser,ann,"pass,word",Ann,a@x.org; b@x.org,\nuser,bob,password2,,,\n',
    );
    const json = planFromJson(
      '{"users":[{"name":"ann","password":"pass,word","displayName":"Ann","emails":["a@x.org","b@x.org"]},{"name":"bob","password":"password2"}],"groups":[{"name":"all","members":["ann","bob"]}]}',
    );
    const unplaced = csv.principals.map(({ line: _, ...rest }) => rest);
    expect({ ...csv, principals: unplaced }).toEqual(json);
    expect(csv.principals.map(({ line }) => line)).toEqual([3, 4, 2]);
  });
});

describe('provisioning', () => {
  let database: FreshDatabase;
  let context: Context;
  beforeAll(async () => {
    database = await freshDatabase();
    context = { db: database.db, clock: systemClock, log: silentLog, limits: DEFAULT_LIMITS };
  });
  afterAll(() => database.drop());

  it('finds members however their accents are written, and takes countries and zones as they are meant or not at all', async () => {
    const plan = (users: object[], groups: object[] = []) =>
      planFromJson(JSON.stringify({ organisation: 'Written', users, groups }));
    const [zoe, odd] = [
      { name: 'Zo\u00eb', region: 'ch', timeZone: 'europe/zurich' },
      { name: 'odd', timeZone: 'Mars/Base' },
    ];
    const report = await provision(context, plan([zoe, odd], [{ name: 'choir', members: ['Zoe\u0308'] }]));
    expect(report.map(({ outcome }) => outcome)).toEqual(['created', 'refused', 'created']);
    expect(report[1]!.reason).toContain('Mars/Base');
    const made = await findPrincipalByLogin(context.db, 'Zo\u00eb');
    expect([made?.region, made?.time_zone]).toEqual(['CH', 'Europe/Zurich']);
    expect((await provision(context, plan([zoe]))).map(({ outcome }) => outcome)).toEqual(['unchanged']);
  });

  it('makes nothing that no URL would lead to', async () => {
    const users = [
      { name: 'CORP\\yan' },
      { name: 'yan', calendars: [{ name: 'at/work' }] },
      { name: 'zoe', addressbooks: [{ name: '..' }] },
    ];
    const report = await provision(context, planFromJson(JSON.stringify({ organisation: 'Paths', users })));
    expect(report.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'refused']);
  });

  it('makes what is missing, changes what differs, and leaves the rest alone', async () => {
    const plan = planFromJson(
      JSON.stringify({
        organisation: 'Example',
        users: [
          { name: 'ann@example.org', password: 'first-password', emails: ['ann@example.org'] },
          { name: 'Élodie +1', password: 'other-password', addressbooks: [{ name: 'work' }] },
        ],
        groups: [{ name: 'staff', members: ['ann@example.org', 'Élodie +1'] }],
        resources: [{ name: 'beamer' }],
        locations: [{ name: 'room 1' }],
      }),
    );
    const outcomes = async (p: typeof plan) => (await provision(context, p)).map((line) => line.outcome);
    expect(await outcomes(plan)).toEqual(['created', 'created', 'created', 'created', 'created']);
    expect(await outcomes(plan)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged', 'unchanged']);
    const [ann, ...others] = plan.principals;
    expect(await outcomes({ ...plan, principals: [{ ...ann!, password: 'second-password' }, ...others] })).toEqual([
      'changed',
      'unchanged',
      'unchanged',
      'unchanged',
      'unchanged',
    ]);
    const { authenticate } = makeAuthenticator(context);
    expect(await authenticate('ann@example.org', 'first-password')).toBeUndefined();
    expect(await authenticate('ann@example.org', 'second-password')).toMatchObject({ name: 'ann@example.org' });
    const staff = await findPrincipalByLogin(context.db, 'staff');
    const members = await listMembersOf(context.db, staff!.organisation_id, staff!.principal_id);
    expect(members.map((member) => member.name).sort()).toEqual(['ann@example.org', 'Élodie +1']);
  });

  it('reports a refused account and goes on with the others', async () => {
    const plan = planFromJson('{"users":[{"name":"a/b"},{"name":"shorty","password":"123"},{"name":"fine"}]}');
    const report = await provision(context, plan);
    expect(report.map((line) => [line.name, line.outcome])).toEqual([
      ['a/b', 'refused'],
      ['shorty', 'refused'],
      ['fine', 'created'],
    ]);
    expect(report[1]?.reason).toMatch(/8 to/);
  });
});
