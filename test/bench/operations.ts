/** What is measured on every server: each operation checks its answers. */
import { LIST_OPERATIONS } from './operations/lists.ts';
import { MIXED_OPERATIONS } from './operations/mixed.ts';
import { OBJECT_OPERATIONS } from './operations/objects.ts';
import { QUERY_OPERATIONS } from './operations/queries.ts';
import type { Operation } from './scene.ts';

export const OPERATIONS: readonly Operation[] = [
  ...OBJECT_OPERATIONS,
  ...LIST_OPERATIONS,
  ...QUERY_OPERATIONS,
  ...MIXED_OPERATIONS,
];
