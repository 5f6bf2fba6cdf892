/** All reports in one table; supported-report-set is derived from it. */
import type { Name } from '../../xml/names.ts';
import type { ResourceKind } from '../resource.ts';
import { ADDRESSBOOK_QUERY } from './addressbook-query.ts';
import { CALENDAR_QUERY } from './calendar-query.ts';
import { DIRECTORY_REPORTS } from './directory.ts';
import { EXPAND_PROPERTY } from './expand-property.ts';
import { FREE_BUSY_QUERY } from './free-busy-query.ts';
import { MULTIGETS } from './multiget.ts';
import { PRINCIPAL_SEARCHES } from './principal-search.ts';
import { PRINCIPAL_REPORTS } from './principals.ts';
import type { Report } from './report.ts';
import { SYNC_COLLECTION } from './sync-collection.ts';

export const REPORTS: readonly Report[] = [
  SYNC_COLLECTION,
  ...MULTIGETS,
  ADDRESSBOOK_QUERY,
  ...DIRECTORY_REPORTS,
  CALENDAR_QUERY,
  FREE_BUSY_QUERY,
  EXPAND_PROPERTY,
  ...PRINCIPAL_SEARCHES,
  ...PRINCIPAL_REPORTS,
];

/** The reports that a kind of resource offers. */
export function reportsOn(kind: ResourceKind): readonly Name[] {
  return REPORTS.filter(({ on }) => on.includes(kind)).map(({ name }) => name);
}
