/** A mail server on the loopback interface that keeps what it is sent, and refuses when it is told to. */
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** The message as it came, header and body. */
  readonly source: string;
}

export interface MailServer {
  /** `smtp://user:password@127.0.0.1:PORT`. */
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  /** From now on every message is answered with this SMTP code; undefined: taken. */
  refuse(code: number | undefined): void;
  /** From now on the connection is cut after the message came, before the answer. */
  cutAfterData(cut: boolean): void;
  stop(): Promise<void>;
}

/** Call `stop` at the end of the test. */
export async function startMailServer(credentials = { user: 'doublon', pass: 'correct horse' }): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  let code: number | undefined;
  let cut = false;
  const server: SMTPServer = new SMTPServer({
    authOptional: false,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onAuth: (auth, _session, done) => {
      const known = auth.username === credentials.user && auth.password === credentials.pass;
      done(known ? null : new Error('wrong credentials'), { user: auth.username });
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (code !== undefined) {
          done(Object.assign(new Error('not now'), { responseCode: code }));
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map((recipient) => recipient.address),
          source: Buffer.concat(chunks).toString('utf8'),
        });
        if (cut) for (const connection of server.connections) connection._socket.destroy();
        else done();
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the mail server has no port');
  const { user, pass } = credentials;
  return {
    url: `smtp://${user}:${encodeURIComponent(pass)}@127.0.0.1:${address.port}`,
    received,
    refuse: (next) => {
      code = next;
    },
    cutAfterData: (next) => {
      cut = next;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
