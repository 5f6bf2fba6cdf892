/**
 * Passwords of tests are hashed with little memory: their people are many, and each hash and each first sign-in would take as
 * long as a whole test. The stored form names the usual cost; a server in a process of its own takes it.
 */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';

const { argon2 } = crypto;
const LITTLE = { memory: 64, passes: 1 };

// once for each worker: the files of one share their modules
if (argon2.name === 'argon2') {
  const quick: typeof argon2 = (algorithm, parameters, callback) =>
    argon2(algorithm, { ...parameters, ...LITTLE }, callback);
  crypto.argon2 = quick;
  syncBuiltinESMExports();
}
