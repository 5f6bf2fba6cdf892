/** The birthday calendar: asked for by its owner, read-only, kept in step with the owner's address books. */
import { AppError } from '../base/errors.ts';
import {
  currentBirthdayState,
  datedCards,
  findBirthdayCalendar,
  insertBirthdayCalendar,
  noteBirthdayState,
  personClusters,
} from '../store/birthday-calendars.ts';
import { type Collection, findCollectionById, listCollections } from '../store/collections.ts';
import { inTransaction } from '../store/database.ts';
import { findPrincipal } from '../store/principals.ts';
import { isGroup, readCard, textOf } from '../vcard/card.ts';
import { yearlyDatesOf } from '../vcard/yearly-dates.ts';
import { applyFeed } from './apply-feed.ts';
import { birthdayEvents, birthdayWords, type DatedCard } from './birthday-events.ts';
import { createCollection, deleteCollection } from './collections.ts';
import type { Actor, Context } from './context.ts';

type Owner = Pick<Actor, 'organisationId' | 'principalId'>;

const NAME = 'birthdays';
const CARDS_AT_ONCE = 200;

/** Makes the calendar and fills it; nothing more than bringing it up to date when it is there already. */
export async function makeBirthdayCalendar(context: Context, owner: Owner): Promise<void> {
  const { organisationId, principalId } = owner;
  if (!(await findBirthdayCalendar(context.db, organisationId, principalId))) {
    await inTransaction(context.db, async (tx) => {
      const principal = await findPrincipal(tx, organisationId, principalId);
      const { collection_id } = await createCollection(
        { ...context, db: tx },
        {
          organisationId,
          ownerId: principalId,
          kind: 'calendar',
          name: await freeName({ ...context, db: tx }, owner),
          fedBy: 'birthdays',
          properties: {
            display_name: birthdayWords(principal?.language ?? null).calendar,
            components: ['VEVENT'],
            transparent: true,
          },
        },
      );
      const row = { organisation_id: organisationId, collection_id, owner_id: principalId, made_from: '' };
      await insertBirthdayCalendar(tx, row);
    });
  }
  await keepBirthdays(context, owner);
}

async function freeName({ db }: Context, { organisationId, principalId }: Owner): Promise<string> {
  const taken = new Set((await listCollections(db, organisationId, principalId, 'calendar')).map(({ name }) => name));
  let name = NAME;
  for (let number = 2; taken.has(name); number++) name = `${NAME}-${number}`;
  return name;
}

/** Takes the calendar away; nothing when there is none. */
export async function removeBirthdayCalendar(context: Context, owner: Owner): Promise<void> {
  const calendar = await calendarOf(context, owner);
  if (calendar) await deleteCollection(context, calendar);
}

async function calendarOf({ db }: Context, { organisationId, principalId }: Owner): Promise<Collection | undefined> {
  const row = await findBirthdayCalendar(db, organisationId, principalId);
  return row && findCollectionById(db, organisationId, row.collection_id);
}

/** Brings the calendar in step with cards and clusters; does nothing for an owner without one. */
export async function keepBirthdays(context: Context, owner: Owner): Promise<void> {
  const { organisationId, principalId } = owner;
  const calendar = await calendarOf(context, owner);
  if (!calendar) return;
  // read before the cards: what changes meanwhile makes the calendar outdated again
  const state = await currentBirthdayState(context.db, organisationId, calendar.collection_id);
  const principal = await findPrincipal(context.db, organisationId, principalId);
  const clusters = await personClusters(context.db, organisationId, principalId);
  const events = birthdayEvents(
    await cardsOf(context, owner),
    clusters.map(({ reference_id, members }) => ({ referenceId: reference_id, members })),
    birthdayWords(principal?.language ?? null),
    context.clock.now(),
  );
  try {
    await applyFeed(context, calendar, events);
  } catch (error) {
    // deleted meanwhile: its owner wants it no longer
    if (error instanceof AppError && error.kind === 'notFound') return;
    throw error;
  }
  await noteBirthdayState(context.db, organisationId, calendar.collection_id, state);
}

async function cardsOf({ db }: Context, { organisationId, principalId }: Owner): Promise<DatedCard[]> {
  const cards: DatedCard[] = [];
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const page = await datedCards(db, organisationId, principalId, after, CARDS_AT_ONCE);
    for (const { object_id, uid, body } of page) {
      const card = readCard(body);
      const name = nameOf(card);
      if (!isGroup(card) && name) cards.push({ id: object_id, uid, name, dates: yearlyDatesOf(card) });
    }
    if (page.length < CARDS_AT_ONCE) return cards;
    after = page.at(-1)!.object_id;
  }
}

function nameOf(card: ReturnType<typeof readCard>): string | undefined {
  return ['FN', 'NICKNAME', 'ORG', 'EMAIL'].map((property) => textOf(card, property)).find(Boolean);
}
