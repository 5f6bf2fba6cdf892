/** Held deletions. */
import { z } from 'zod';
import {
  ConfirmedDeletions,
  DeletionSettings,
  DeletionSettingsRequest,
  DiscardedDeletions,
  HeldDeletionsList,
} from '../contract/deletions.ts';
import { Id } from '../contract/words.ts';
import type { Operation } from './operation.ts';

const id = z.object({ id: Id });

export const DELETIONS = {
  listHeldDeletions: {
    method: 'GET',
    path: '/deletions',
    tag: 'history',
    summary: 'Mass deletions by one device that wait to be confirmed',
    answer: HeldDeletionsList,
  },
  confirmDeletions: {
    method: 'POST',
    path: '/deletions/{id}/confirm',
    tag: 'history',
    notByDevice: true,
    summary: 'Do the held deletions, and let the device go on for a while',
    parameters: id,
    answer: ConfirmedDeletions,
  },
  discardDeletions: {
    method: 'POST',
    path: '/deletions/{id}/discard',
    tag: 'history',
    notByDevice: true,
    summary: 'Keep what was to be deleted, and bring back what the same device had deleted just before',
    parameters: id,
    answer: DiscardedDeletions,
  },
  showDeletionSettings: {
    method: 'GET',
    path: '/account/deletions',
    tag: 'account',
    summary: 'How much one device may delete of a collection of this account before the rest is held',
    answer: DeletionSettings,
  },
  changeDeletionSettings: {
    method: 'PATCH',
    path: '/account/deletions',
    tag: 'account',
    notByDevice: true,
    summary: 'Change that for this account',
    body: DeletionSettingsRequest,
    answer: DeletionSettings,
  },
} as const satisfies Readonly<Record<string, Operation>>;
