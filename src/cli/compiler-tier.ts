/** V8's strongest compiler (TurboFan): what it costs shows in a process that lives for a second. */
import v8 from 'node:v8';

/**
 * Keeps TurboFan from compiling until the function that comes back is called, in all of the process. Its threads take a fifth
 * of the CPU time that a book of 20,000 cards needs, and code that the next compiler below made is nearly as fast; in a book of
 * 100,000 it pays. Calling it again does no harm.
 */
export function withholdTurboFan(): () => void {
  v8.setFlagsFromString('--no-turbofan');
  return () => v8.setFlagsFromString('--turbofan');
}
