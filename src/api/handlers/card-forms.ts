/** Cards edited by form, made from one, and moved to another book. */
import { AppError } from '../../base/errors.ts';
import { uuidv7 } from '../../base/ids.ts';
import { readCardForm } from '../../commands/card-form.ts';
import { editCard, newCard } from '../../commands/edit-card.ts';
import { transferObject } from '../../commands/move-object.ts';
import { putObject } from '../../commands/put-object.ts';
import { readCard } from '../../vcard/card.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import { similarTo } from './cards.ts';
import { requireCard, requireReachable } from './reachable.ts';
import { addedCard, shownCard, unchangedSince } from './stored-cards.ts';

/** An address book that the caller may add to. Throws AppError notFound, 'need-privileges', or `not-an-address-book` for a calendar. */
async function requireBook(api: ApiContext, caller: Caller, id: string) {
  const book = await requireReachable(api, caller, id, 'add');
  if (book.kind === 'addressbook') return book;
  throw new AppError('invalid', 'not-an-address-book', 'Cards live in address books, not in calendars.');
}

type FormOperations = 'showCardForm' | 'editCard' | 'createCardFromForm' | 'similarToForm' | 'moveCard';

export const cardFormHandlers: Handlers<FormOperations> = {
  showCardForm: async ({ api, caller, parameters }) => {
    const { object } = await requireCard(api, caller, parameters.id, 'read');
    const form = readCardForm(readCard(object.body));
    return { form: { ...form, ...copied(form) }, etag: object.etag };
  },

  editCard: async ({ api, caller, parameters, body }) => {
    const { object, collection } = await requireCard(api, caller, parameters.id, 'change');
    const precondition = unchangedSince(body.etag);
    // the lines that the form names are those of the version it was read from
    precondition(object);
    const octets = editCard(readCard(object.body), body.form, api.clock.now());
    await putObject(api, { collection, name: object.name, octets, precondition });
    return shownCard(api, caller, parameters.id);
  },

  createCardFromForm: async ({ api, caller, body }) => {
    const collection = await requireBook(api, caller, body.collectionId);
    const uid = uuidv7(api.clock.now());
    const octets = newCard(body.form, uid, api.clock.now());
    return addedCard(api, caller, { collection, name: `${uid}.vcf`, octets });
  },

  similarToForm: ({ api, caller, body }) => {
    const now = api.clock.now();
    return similarTo(api, caller, newCard(body.form, uuidv7(now), now));
  },

  moveCard: async ({ api, caller, parameters, body }) => {
    const { object, collection } = await requireCard(api, caller, parameters.id, 'remove');
    const to = await requireBook(api, caller, body.collectionId);
    if (to.collection_id === collection.collection_id) return shownCard(api, caller, parameters.id);
    const sourcePrecondition = unchangedSince(body.etag);
    const move = {
      mode: 'move',
      from: collection,
      name: object.name,
      to,
      overwrite: false,
      sourcePrecondition,
    } as const;
    await transferObject(api, { ...move, newName: object.name }).catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'overwrite-refused')) throw error;
      // another card has that file name there: names mean nothing, so this one gets a new one
      return transferObject(api, { ...move, newName: `${uuidv7(api.clock.now())}.vcf` });
    });
    return shownCard(api, caller, parameters.id);
  },
};

/** The lists of a form as the answer's schema has them: to be changed by whoever receives them. */
const copied = (form: ReturnType<typeof readCardForm>) => ({
  name: [...form.name],
  phones: [...form.phones],
  emails: [...form.emails],
  urls: [...form.urls],
  addresses: form.addresses.map((address) => ({ ...address, parts: [...address.parts] })),
});
