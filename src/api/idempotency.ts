/** `Idempotency-Key`: a request sent again after a lost answer gets the first answer instead of a second effect. */
import { createHash } from 'node:crypto';
import type { Context } from 'koa';
import { AppError } from '../base/errors.ts';
import { claimKey, releaseKey, storeAnswer } from '../store/idempotency.ts';
import type { ApiContext, Caller } from './api-context.ts';

const LONGEST_KEY = 255;
/** A claim without an answer this old belongs to a process that died. */
const CLAIM_MS = 5 * 60_000;

/**
 * Runs `work` once per key and caller; the same key with another request is refused (`idempotency-key-reused`), and one
 * whose first request still runs too (`still-running`). A failed request frees its key.
 */
export async function answeredOnce<T>(
  api: ApiContext,
  ctx: Context,
  caller: Caller,
  request: unknown,
  work: () => Promise<T>,
): Promise<T> {
  const key = ctx.get('Idempotency-Key');
  if (key === '') return work();
  if (key.length > LONGEST_KEY) {
    throw new AppError(
      'invalid',
      'idempotency-key-too-long',
      `An Idempotency-Key has at most ${LONGEST_KEY} characters.`,
      {
        limit: LONGEST_KEY,
      },
    );
  }
  const hash = createHash('sha256').update(JSON.stringify(request)).digest('base64url');
  const claim = { organisationId: caller.organisationId, principalId: caller.principalId, key, hash };
  const now = api.clock.now();
  const earlier = await claimKey(api.db, claim, new Date(now), new Date(now - CLAIM_MS));
  if (earlier) return repeated<T>(ctx, earlier, hash);
  try {
    const answer = await work();
    await storeAnswer(api.db, claim, answer);
    return answer;
  } catch (error) {
    await releaseKey(api.db, claim);
    throw error;
  }
}

function repeated<T>(ctx: Context, earlier: { request_hash: string; answer: unknown }, hash: string): T {
  if (earlier.request_hash !== hash) {
    throw new AppError('conflict', 'idempotency-key-reused', 'This Idempotency-Key belongs to another request.', {
      status: 422,
    });
  }
  if (earlier.answer === null) {
    throw new AppError('conflict', 'still-running', 'The first request with this Idempotency-Key is not finished.');
  }
  ctx.set('Idempotent-Replay', 'true');
  return earlier.answer as T;
}
