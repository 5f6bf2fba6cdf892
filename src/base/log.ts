/** What the rest of the code knows of logging; the process decides where lines go. */

export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Drops every line: for commands run where nobody reads a log. */
export const silentLog: Log = { info: () => {}, warn: () => {}, error: () => {} };
