/** How a full run of the engine is asked for: in this thread by the command line and tests, in a worker thread by the server. */

/** Which books, and the run's row that tells how far it is. */
export interface EngineRunRequest {
  readonly organisationId: string;
  readonly ownerId: string;
  readonly runId: string;
}

/** Computes and stores one full run; settles when its row says `done` or `failed`. Never rejects for a failed run. */
export type EngineRun = (request: EngineRunRequest) => Promise<void>;
