/**
 * A server over standard input and output. `--stay` goes on when the input has ended and takes no SIGTERM; `--child` starts a
 * process that would outlive it, and writes its id to the log; `--mute` never answers; `--greet` prints a line that is no message.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Behaviour, type Message } from './behaviour.ts';

const has = (option: string): boolean => process.argv.includes(option);
const write = (message: object): void =>
  void process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

const behaviour = new Behaviour();
process.stderr.write(`pid ${process.pid}\n`);
if (has('--greet')) process.stdout.write('Welcome!\n');
if (has('--stay')) {
  setInterval(() => undefined, 1_000);
  process.on('SIGTERM', () => undefined);
}
if (has('--child')) {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  process.stderr.write(`child ${child.pid}\n`);
}
const lines = createInterface({ input: process.stdin });
lines.on('line', line => {
  if (has('--mute')) return;
  const message = JSON.parse(line) as Message;
  void behaviour
    .answer(message, (method, params) => write({ method, params }))
    .then(reply => {
      if (reply) write({ id: message.id, ...reply });
    });
});
if (!has('--stay')) lines.on('close', () => process.exit(0));
