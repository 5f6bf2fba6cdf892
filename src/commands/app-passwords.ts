/** App passwords, one for each device. */
import { AppError } from '../base/errors.ts';
import { uuidv7 } from '../base/ids.ts';
import { deleteAppPassword, insertAppPassword } from '../store/credentials.ts';
import { appPasswordSelector, newAppPassword } from './app-password-format.ts';
import type { Context } from './context.ts';
import { hashPassword } from './password.ts';

/** An app password just made. */
export interface IssuedAppPassword {
  readonly id: string;
  /** Shown once; only its hash is kept. */
  readonly secret: string;
}

/** Makes an app password for one device, named by the user. Throws AppError 'invalid-name' when the name is empty or over 200 characters. */
export async function issueAppPassword(
  context: Context,
  who: { readonly organisationId: string; readonly principalId: string },
  name: string,
): Promise<IssuedAppPassword> {
  const label = name.trim();
  if (label === '' || label.length > 200)
    throw new AppError('invalid', 'invalid-name', "A device's name has 1 to 200 characters.");
  const secret = newAppPassword();
  const id = uuidv7(context.clock.now());
  await insertAppPassword(context.db, {
    organisation_id: who.organisationId,
    app_password_id: id,
    principal_id: who.principalId,
    selector: appPasswordSelector(secret)!,
    name: label,
    hash: await hashPassword(secret),
    created_at: new Date(context.clock.now()),
    last_used_at: null,
  });
  return { id, secret };
}

/** Takes one device's access away; gives its name. Throws AppError notFound. The caller tells the authenticator to forget the principal. */
export async function revokeAppPassword(
  context: Context,
  who: { readonly organisationId: string; readonly principalId: string },
  id: string,
): Promise<string> {
  const name = await deleteAppPassword(context.db, who.organisationId, who.principalId, id);
  if (name === undefined) throw new AppError('notFound', 'not-found', 'There is no such app password.');
  return name;
}
