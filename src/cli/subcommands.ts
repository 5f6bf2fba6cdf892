/** Every subcommand, in the order `doublon help` shows them. */
import { auditSubcommand, userDeeds } from './administration.ts';
import { appPasswordAdd, appPasswordList, appPasswordRevoke } from './app-password.ts';
import { backupSubcommand, restoreSubcommand } from './backup.ts';
import { dedupRunSubcommand } from './dedup.ts';
import { exportSubcommand } from './export.ts';
import { historyDeletedSubcommand, historyUndeleteSubcommand } from './history-collections.ts';
import { historyListSubcommand, historyRestoreObjectSubcommand } from './history-objects.ts';
import { historyRestoreSubcommand } from './history-restore.ts';
import { importSubcommand } from './import.ts';
import { mergeSubcommand } from './merge.ts';
import { migrateSubcommand } from './migrate.ts';
import { provisionSubcommand } from './provision.ts';
import { scanSubcommand } from './scan.ts';
import { secretKeyNew, secretKeyReseal } from './secret-key.ts';
import { serveSubcommand } from './serve.ts';
import type { Subcommand } from './subcommand.ts';
import { userAdd, userList, userPassword } from './user.ts';

export const SUBCOMMANDS: readonly Subcommand[] = [
  serveSubcommand,
  migrateSubcommand,
  userAdd,
  userList,
  userPassword,
  ...userDeeds,
  appPasswordAdd,
  appPasswordList,
  appPasswordRevoke,
  provisionSubcommand,
  auditSubcommand,
  importSubcommand,
  exportSubcommand,
  scanSubcommand,
  mergeSubcommand,
  dedupRunSubcommand,
  historyListSubcommand,
  historyRestoreObjectSubcommand,
  historyRestoreSubcommand,
  historyDeletedSubcommand,
  historyUndeleteSubcommand,
  backupSubcommand,
  restoreSubcommand,
  secretKeyNew,
  secretKeyReseal,
];
