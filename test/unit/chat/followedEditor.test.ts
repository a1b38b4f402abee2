import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Attachment, CodeAttachment } from '../../../src/shared/attachment.ts';
import { openConversations } from '../../support/place.ts';
import { answerWith, type Script, write } from '../../support/session.ts';
import { turnOfLoop } from '../../support/turnOfLoop.ts';

const file = (name: string, code = 'x'): CodeAttachment => ({
  id: '',
  kind: 'code',
  subject: 'file',
  name,
  excerpt: { path: name, uri: `file:///${name}`, languageId: 'ts', startLine: 1, endLine: 1, code },
});
const lines = (name: string, startLine: number, code = 'x'): CodeAttachment => {
  const whole = file(name, code);
  return { ...whole, subject: 'selection', excerpt: { ...whole.excerpt, startLine, endLine: startLine } };
};

/** `a.ts=x*`: the file, its code, and whether it follows the editor. */
function told(attachments: readonly Attachment[]): string[] {
  return attachments.map(attachment => {
    assert.equal(attachment.kind, 'code');
    const { subject, name, excerpt, isLive } = attachment;
    const place = subject === 'file' ? name : `${name}:${excerpt.startLine}`;
    return `${place}=${excerpt.code}${isLive ? '*' : ''}`;
  });
}

async function open(...scripts: Script[]) {
  const { place, requests } = openConversations(...scripts);
  const { parts, user, told: heard } = place();
  await parts.shown.open();
  const { followed } = parts;
  const beside = () => told(parts.shown.session.unsent.attachments);
  const show = async (...shown: CodeAttachment[]): Promise<void> => {
    user.editor.shown = shown;
    await followed.refresh();
  };
  const send = async (text: string): Promise<void> => {
    await parts.asking.ask({ intent: 'chat', text, excerpts: [], isTyped: true });
    await turnOfLoop();
  };
  const sent = () =>
    parts.shown.session.branch.turns.flatMap(turn => (turn.role === 'user' ? told(turn.attachments ?? []) : []));
  return { parts, user, heard, followed, requests, beside, show, send, sent };
}

test('nothing follows the editor before the user has turned it on', async () => {
  const { followed, beside, show, send, sent } = await open(answerWith('a'));
  await show(file('a.ts'));
  assert.deepEqual(beside(), []);
  await send('q');
  assert.deepEqual(sent(), []);
  await followed.turnOn();
  assert.deepEqual(beside(), ['a.ts=x*']);
});

test('turned on, it changes with the editor, in its place, until it is sent; then it is off', async () => {
  const { parts, followed, beside, show, send, sent } = await open(answerWith('a'));
  const { unsent } = parts.shown.session;
  await show(file('a.ts'));
  await followed.turnOn();
  unsent.attach({ ...file('other.ts'), id: 'o' });
  const [first] = unsent.attachments;
  await show(lines('b.ts', 3), lines('b.ts', 9));
  assert.deepEqual(beside(), ['b.ts:3=x*', 'b.ts:9=x*', 'other.ts=x']);
  assert.equal(unsent.attachments[0]?.id, first?.id, 'the keyboard may be on it');
  await show();
  assert.deepEqual(beside(), ['b.ts:3=x*', 'b.ts:9=x*', 'other.ts=x'], 'where nothing is shown, the last is meant');
  await send('q');
  assert.deepEqual(sent(), ['b.ts:3=x', 'b.ts:9=x', 'other.ts=x']);
  await show(file('c.ts'));
  assert.deepEqual(beside(), []);
});

test('what goes along is what the file holds when it is sent, and no other file than was seen', async () => {
  const { user, followed, show, send, sent } = await open(answerWith('a'), answerWith('b'));
  await show(file('a.ts', 'old'));
  await followed.turnOn();
  user.editor.shown = [file('a.ts', 'new')];
  await send('one');
  assert.deepEqual(sent(), ['a.ts=new']);
  await followed.turnOn();
  user.editor.shown = [file('secret.ts', 's')];
  await send('two');
  assert.deepEqual(sent(), ['a.ts=new', 'a.ts=new']);
});

test('what holds secrets since it was seen is not sent as it has become', async () => {
  const { user, followed, show, send, sent } = await open(answerWith('a'));
  await show(file('a.ts', 'old'));
  await followed.turnOn();
  user.editor.shown = [file('a.ts', 'key')];
  user.editor.asksFirst = true;
  await send('one');
  assert.deepEqual(sent(), ['a.ts=old']);
});

test('what is kept as it was follows no more, and goes with the message', async () => {
  const { parts, user, followed, beside, show, send, sent } = await open(answerWith('a'));
  user.editor.startsOn = true;
  await show(file('a.ts'));
  followed.hold();
  await show(file('a.ts', 'y'));
  await show(file('b.ts'));
  assert.deepEqual(beside(), ['a.ts=x']);
  const [kept] = parts.shown.session.unsent.attachments;
  await followed.turnOn([kept?.id ?? '']);
  assert.deepEqual(beside(), ['b.ts=x*'], 'and back');
  followed.hold();
  await send('q');
  assert.deepEqual(sent(), ['b.ts=x']);
  await show(file('c.ts'));
  assert.deepEqual(beside(), ['c.ts=x*'], 'the setting counts again');
});

test('from the start by the setting: what was sent goes along again only once it has changed', async () => {
  const { user, beside, show, send, sent } = await open(answerWith('a'), answerWith('b'), answerWith('c'));
  user.editor.startsOn = true;
  await show(file('a.ts'));
  assert.deepEqual(beside(), ['a.ts=x*']);
  await send('one');
  assert.deepEqual(beside(), []);
  await show(lines('a.ts', 4));
  assert.deepEqual(beside(), ['a.ts:4=x*'], 'other lines are something else');
  await show(file('a.ts'));
  assert.deepEqual(beside(), []);
  await send('two');
  await show(file('a.ts', 'y'));
  assert.deepEqual(beside(), ['a.ts=y*']);
  await send('three');
  assert.deepEqual(sent(), ['a.ts=x', 'a.ts=y']);
});

test('what waits in the queue counts as sent', async () => {
  const running = Promise.withResolvers<undefined>();
  const slow: Script = async (listener, message) => {
    await running.promise;
    write(listener, message, 'first');
    message.stopReason = 'end_turn';
    return { kind: 'complete', message };
  };
  const { parts, user, beside, show, send } = await open(slow, answerWith('b'));
  user.editor.startsOn = true;
  const first = send('one');
  await turnOfLoop();
  await show(file('a.ts'));
  await send('two');
  assert.deepEqual(beside(), []);
  running.resolve(undefined);
  await first;
  await parts.shown.session.idle();
});

test('a file that is asked about first never goes along by the setting alone', async () => {
  const { user, followed, beside, show } = await open();
  user.editor.startsOn = true;
  await show(file('a.ts'));
  user.editor.asksFirst = true;
  await show(file('.env'));
  assert.deepEqual(beside(), []);
  user.editor.mayTurnOn = false;
  await followed.turnOn();
  assert.deepEqual(beside(), [], 'the user does not want it');
  user.editor.mayTurnOn = true;
  await followed.turnOn();
  assert.deepEqual(beside(), ['.env=x*']);
});

test('taken out, it stays out of this conversation until it is turned on', async () => {
  const { parts, user, followed, beside, show, send } = await open(answerWith('a'));
  user.editor.startsOn = true;
  await show(file('a.ts'));
  const ids = parts.shown.session.unsent.attachments.map(({ id }) => id);
  followed.removed(ids);
  parts.shown.session.unsent.detach(ids);
  await show(file('b.ts'));
  await send('q');
  await show(file('c.ts'));
  assert.deepEqual(beside(), []);
  await followed.toggle();
  assert.deepEqual(beside(), ['c.ts=x*']);
  await followed.toggle();
  await show(file('d.ts'));
  assert.deepEqual(beside(), []);
  await parts.shown.show();
  await followed.refresh();
  assert.deepEqual(beside(), ['d.ts=x*'], 'a new conversation begins by the setting');
});

test('what lies beside the message as it is now is not there twice, and the view is not told the same again', async () => {
  const { parts, user, heard, beside, show } = await open();
  user.editor.startsOn = true;
  parts.shown.session.unsent.attach({ ...file('a.ts'), id: 'own' });
  await turnOfLoop();
  await show(file('a.ts'));
  assert.deepEqual(beside(), ['a.ts=x']);
  const { length } = heard.changes;
  await show(file('a.ts'));
  assert.equal(heard.changes.length, length);
});

test('of two looks at the editor the later one counts, however long the first takes', async () => {
  const slow = Promise.withResolvers<boolean>();
  const { place } = openConversations();
  let shown = [file('a.ts')];
  const { parts } = place(
    {},
    {
      editor: {
        read: () => shown,
        startsOn: () => true,
        mayFollow: ([first]) => (first?.name === 'a.ts' ? slow.promise : Promise.resolve(true)),
        mayGoNow: () => true,
        mayTurnOn: () => Promise.resolve(true),
      },
    },
  );
  await parts.shown.open();
  const first = parts.followed.refresh();
  shown = [file('b.ts')];
  await parts.followed.refresh();
  slow.resolve(true);
  await first;
  assert.deepEqual(told(parts.shown.session.unsent.attachments), ['b.ts=x*']);
});
