/** What subcommands say, and where: apart from the session, since those without a server load nothing of one. */

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A remark about what went wrong without ending the command: on standard error, so that the output stays what it is. */
export function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}
