/**
 * Passwords of tests are hashed with little memory: their people are many, and each hash and each first sign-in would take as
 * long as a whole test. Servers in processes of their own hash as always, and read both.
 */
import { COST } from '../../src/commands/password.ts';

Object.assign(COST, { memory: 64, passes: 1 });
