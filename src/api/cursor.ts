/** Page cursors: a position as opaque text. */
import type { z } from 'zod';
import { AppError } from '../base/errors.ts';

/** The text of a position; what `readCursor` with the same shape gives back. */
export function writeCursor(position: unknown): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** The first `limit` of rows of which one more was asked for, and the cursor to what follows. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  position: (last: Row) => unknown,
): { page: Row[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  return { page, nextCursor: rows.length > limit ? writeCursor(position(page.at(-1)!)) : null };
}

/** The position in a cursor, or undefined without one. Throws AppError 'invalid-cursor' for text that no answer gave out. */
export function readCursor<Shape extends z.ZodType>(
  text: string | undefined,
  shape: Shape,
): z.output<Shape> | undefined {
  if (text === undefined) return undefined;
  try {
    return shape.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch (error) {
    throw new AppError('invalid', 'invalid-cursor', 'The cursor is not one that this list gave out.', {}, error);
  }
}
