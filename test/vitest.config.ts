/** One run for all tests; Postgres is started only when a test asks for a database. */
import path from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: path.resolve(import.meta.dirname, '..'),
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/property-runs.ts', 'test/support/quick-passwords.ts'],
    maxWorkers: 3,
    // modules are loaded once for each worker: loading them took as long as the tests
    isolate: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
});
