import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Signal } from '@preact/signals';
import { applyChange } from '../../../src/shared/applyChange.ts';
import type { AnswerBlock, AssistantTurn } from '../../../src/shared/conversation.ts';
import type { ConversationNotice } from '../../../src/shared/notice.ts';
import { type Change, type MoreText, moreText as more, type ViewState } from '../../../src/shared/protocol/changes.ts';
import type { ConversationMessage, HostMessage } from '../../../src/shared/protocol/hostMessage.ts';
import type { ViewMessage } from '../../../src/shared/protocol/viewMessage.ts';
import type { InEditor } from '../../../src/shared/inEditor.ts';
import type { NextSize } from '../../../src/shared/nextSize.ts';
import type { RequestPreview } from '../../../src/shared/requestPreview.ts';
import { defaultViewSettings } from '../../../src/shared/viewSettings.ts';
import { Store, type StoreMessage } from '../../../src/webview/store.ts';

const answer: AssistantTurn = {
  id: 'a',
  role: 'assistant',
  createdAt: 0,
  model: 'm',
  blocks: [{ type: 'text', text: 'Hel' }],
  state: { phase: 'streaming' },
};
const snapshot: ViewState = {
  conversation: { id: 'c', title: '', parameters: {}, turns: [answer], siblings: {} },
  earlier: 0,
  connection: { origin: 'https://example.com', model: 'm', key: 'stored' },
  draft: '',
  attachments: [],
  queue: [],
  revision: 7,
};

test('asks for a snapshot once, however often it is asked to', () => {
  const { store, posted } = openStore();
  store.requestSnapshot();
  store.requestSnapshot();
  assert.deepEqual(posted, [{ type: 'ready' }]);
  store.receive({ type: 'snapshot', state: snapshot });
  store.requestSnapshot();
  assert.equal(posted.length, 2);
});

test('what the host has to say of the conversation stands until it takes it back', () => {
  const { store } = openStore();
  store.receive({ type: 'snapshot', state: snapshot });
  const notice: ConversationNotice = { severity: 'warning', title: 'Not saved yet', text: 'Full.', buttons: [] };
  store.receive({ type: 'change', conversationId: 'c', revision: 8, change: { type: 'notice', notice } });
  assert.deepEqual(store.view.value, { ...snapshot, revision: 8, notice });
  store.receive({ type: 'change', conversationId: 'c', revision: 9, change: { type: 'notice', notice: null } });
  assert.equal(store.view.value.notice, null);
});

test('a snapshot that is there from the start is not asked for; once it is seen that is told', () => {
  const posted: ViewMessage[] = [];
  const afterPaint: (() => void)[] = [];
  const store = new Store(
    message => posted.push(message),
    callback => afterPaint.push(callback),
    () => () => undefined,
  );
  store.receive({ type: 'snapshot', state: snapshot });
  store.start();
  assert.deepEqual(posted, [{ type: 'started' }]);
  for (const callback of afterPaint) callback();
  assert.deepEqual(posted, [{ type: 'started' }, { type: 'drawn' }]);
});

test('without a snapshot the start asks for one', () => {
  const { store, posted } = openStore();
  store.start();
  assert.deepEqual(posted, [{ type: 'ready' }]);
});

test('text that goes on belongs to the block that grew last', () => {
  const { store, posted } = openStore(snapshot);
  const heard: string[] = [];
  store.onText('a', 0, text => heard.push(text));
  store.receive({
    type: 'change',
    conversationId: 'c',
    revision: 8,
    change: { type: 'delta', turnId: 'a', index: 0, offset: 3, text: 'lo' },
  });
  store.receive(more(9, ', you'));
  assert.equal(store.textOf('a', 0), 'Hello, you');
  assert.deepEqual(heard, ['lo', ', you']);
  assert.deepEqual(posted, []);
});

test('text that goes on from nowhere, or after a gap, has a snapshot asked for', () => {
  for (const first of [
    more(8, 'x'),
    { type: 'change', conversationId: 'c', revision: 8, change: { type: 'title', title: 'New' } } as const,
  ]) {
    const { store, posted } = openStore(snapshot);
    store.receive(first);
    store.receive(more(9, 'x'));
    assert.deepEqual(posted, [{ type: 'ready' }]);
    assert.equal(store.textOf('a', 0), 'Hel');
  }
  const { store, posted } = openStore(snapshot);
  store.receive({
    type: 'change',
    conversationId: 'c',
    revision: 8,
    change: { type: 'delta', turnId: 'a', index: 0, offset: 3, text: 'lo' },
  });
  store.receive(more(10, 'x'));
  assert.deepEqual(posted, [{ type: 'ready' }]);
});

test('applies the change that follows the state it has', () => {
  const { store, posted } = openStore(snapshot);
  store.receive({ type: 'change', conversationId: 'c', revision: 8, change: { type: 'title', title: 'New' } });
  assert.equal(store.view.value?.conversation.title, 'New');
  assert.equal(store.state?.revision, 8);
  assert.deepEqual(posted, []);
});

test('a gap asks for a snapshot, one at a time, and the snapshot heals it', () => {
  const { store, posted } = openStore(snapshot);
  store.receive({ type: 'change', conversationId: 'c', revision: 9, change: { type: 'title', title: 'Lost' } });
  store.receive({ type: 'change', conversationId: 'c', revision: 10, change: { type: 'title', title: 'Lost' } });
  assert.deepEqual(posted, [{ type: 'ready' }]);
  assert.equal(store.view.value?.conversation.title, '');
  store.receive({ type: 'snapshot', state: { ...snapshot, revision: 10 } });
  store.receive({ type: 'change', conversationId: 'c', revision: 11, change: { type: 'title', title: 'Healed' } });
  assert.equal(store.view.value.conversation.title, 'Healed');
  assert.equal(posted.length, 1);
});

test('a change that does not fit asks for a snapshot', () => {
  const { store, posted } = openStore(snapshot);
  store.receive({ type: 'change', conversationId: 'c', revision: 8, change: delta('lo', 99) });
  assert.deepEqual(posted, [{ type: 'ready' }]);
  assert.equal(store.textOf('a', 0), 'Hel');
});

test('a change that the snapshot already holds is passed over', () => {
  const { store, posted } = openStore(snapshot);
  store.receive({ type: 'change', conversationId: 'c', revision: 7, change: { type: 'title', title: 'Old' } });
  assert.equal(store.view.value?.conversation.title, '');
  assert.deepEqual(posted, []);
});

test('a change before the first snapshot asks for one', () => {
  const { store, posted } = openStore();
  store.receive({ type: 'change', conversationId: 'c', revision: 1, change: { type: 'title', title: 'x' } });
  assert.deepEqual(posted, [{ type: 'ready' }]);
});

test('text goes to the listeners of its block and to nobody else', () => {
  const { store } = openStore(snapshot);
  const heard: string[] = [];
  const stop = store.onText('a', 0, text => heard.push(text));
  store.onText('a', 1, () => assert.fail('another block'));
  const view = store.view.value;
  store.receive({ type: 'change', conversationId: 'c', revision: 8, change: delta('lo', 3) });
  assert.equal(store.view.value, view, 'no component renders for text');
  assert.deepEqual(heard, ['lo']);
  assert.equal(store.textOf('a', 0), 'Hello');
  stop();
  store.receive({ type: 'change', conversationId: 'c', revision: 9, change: delta('!', 5) });
  assert.deepEqual(heard, ['lo']);
});

test('what is published after text has the text', () => {
  const { store } = openStore(snapshot);
  store.receive({ type: 'change', conversationId: 'c', revision: 8, change: delta('lo', 3) });
  store.receive({
    type: 'change',
    conversationId: 'c',
    revision: 9,
    change: { type: 'answer', turnId: 'a', state: { phase: 'stopped' } },
  });
  const turn = store.view.value?.conversation.turns[0];
  assert.ok(turn?.role === 'assistant');
  assert.deepEqual(turn.blocks, [{ type: 'text', text: 'Hello' }]);
});

test('text costs the same whatever is there already: it looks at its own turn and block alone', () => {
  const readsFor = (count: number): number => {
    const counter = { reads: 0 };
    const blocks = Array.from({ length: count }, (): AnswerBlock => ({ type: 'text', text: '' }));
    const turn = { ...answer, blocks: countingReads(blocks, counter) };
    const earlier = Array.from({ length: count }, (_, index) => ({ ...answer, id: `earlier ${index}` }));
    const turns = countingReads([...earlier, turn], counter);
    const { store, posted } = openStore({ ...snapshot, conversation: { ...snapshot.conversation, turns } });
    counter.reads = 0;
    for (let at = 0; at < 200; at++) {
      // Two blocks that grow by turns.
      const change = delta('word ', Math.floor(at / 2) * 5, count - 1 - (at % 2));
      store.receive({ type: 'change', conversationId: 'c', revision: 8 + at, change });
    }
    const { reads } = counter;
    assert.equal(store.textOf('a', count - 1), 'word '.repeat(100));
    assert.deepEqual(posted, []);
    return reads;
  };
  const [few, many] = [readsFor(2), readsFor(2_000)];
  assert.equal(many, few);
});

test('the state is what the changes make it one by one, whichever blocks grow and whatever comes in between', () => {
  const { store, posted } = openStore(snapshot);
  const changes: Change[] = [
    delta('lo', 3),
    { type: 'block', turnId: 'a', index: 1, block: { type: 'thinking', text: '' } },
    delta('why', 0, 1),
    delta(', you', 5),
    delta('?', 3, 1),
    { type: 'thought', turnId: 'a', index: 1, durationMs: 5 },
    delta('!', 4, 1),
    delta('.', 10),
    { type: 'turn', turn: { ...answer, blocks: [{ type: 'text', text: 'anew' }] } },
    delta('ly', 4),
    { type: 'answer', turnId: 'a', state: { phase: 'stopped' } },
  ];
  let expected: ViewState | undefined = snapshot;
  for (const [index, change] of changes.entries()) {
    const revision = 8 + index;
    store.receive({ type: 'change', conversationId: 'c', revision, change });
    expected = expected && applyChange(expected, change);
    // Asked for at some moments only: what nobody has asked for yet counts too.
    if (index % 3 === 2 || index === changes.length - 1) assert.deepEqual(store.state, { ...expected, revision });
  }
  assert.deepEqual(posted, []);
  assert.deepEqual(store.view.value, store.state);
});

test('blocks that come between two frames are published together, with their text, and the first of them at once', () => {
  const { store, frame } = openStore(snapshot);
  let published = 0;
  store.view.subscribe(() => published++);
  published = 0;
  const shown = (): string[] => {
    const turn = store.view.value?.conversation.turns[0];
    return turn?.role === 'assistant' ? turn.blocks.map(({ text }) => text) : [];
  };
  let revision = snapshot.revision;
  const receive = (change: Change): void =>
    store.receive({ type: 'change', conversationId: 'c', revision: ++revision, change });
  for (let index = 1; index <= 100; index++) {
    receive({ type: 'block', turnId: 'a', index, block: { type: 'thinking', text: '' } });
    receive(delta('why', 0, index));
    receive({ type: 'thought', turnId: 'a', index, durationMs: 1 });
  }
  assert.equal(published, 1);
  assert.deepEqual(shown(), ['Hel', '']);
  frame();
  assert.equal(published, 2);
  assert.deepEqual(shown(), ['Hel', ...Array.from({ length: 100 }, () => 'why')]);
  frame();
  assert.equal(published, 2);
  // What is no block waits for no frame, nor does what came before it.
  receive({ type: 'block', turnId: 'a', index: 101, block: { type: 'text', text: '' } });
  receive({ type: 'block', turnId: 'a', index: 102, block: { type: 'text', text: '' } });
  receive({ type: 'answer', turnId: 'a', state: { phase: 'stopped' } });
  assert.equal(shown().length, 103);
});

test('text that does not go on where it ends asks for a snapshot, also behind text that nobody has asked for', () => {
  for (const misfit of [delta('x', 3), delta('x', 0, 1), { ...delta('x', 5), turnId: 'b' } as Change]) {
    const { store, posted } = openStore(snapshot);
    store.receive({ type: 'change', conversationId: 'c', revision: 8, change: delta('lo', 3) });
    store.receive({ type: 'change', conversationId: 'c', revision: 9, change: misfit });
    assert.deepEqual(posted, [{ type: 'ready' }]);
    assert.equal(store.textOf('a', 0), 'Hello');
  }
});

function delta(text: string, offset: number, index = 0): Change {
  return { type: 'delta', turnId: 'a', index, offset, text };
}

/** The list, and how often one of its items is looked at. */
function countingReads<Item>(list: Item[], counter: { reads: number }): Item[] {
  return new Proxy(list, {
    get: (target, key, receiver): unknown => {
      if (typeof key === 'string' && /^\d+$/.test(key)) counter.reads++;
      return Reflect.get(target, key, receiver);
    },
  });
}

function openStore(state?: ViewState): { store: Store; posted: ViewMessage[]; frame: () => void } {
  const posted: ViewMessage[] = [];
  const waiting: (() => void)[] = [];
  const store = new Store(
    message => {
      if (message.type !== 'drawn') posted.push(message);
    },
    callback => callback(),
    callback => {
      waiting.push(callback);
      return () => waiting.splice(0);
    },
  );
  if (state) store.receive({ type: 'snapshot', state });
  return { store, posted, frame: () => waiting.splice(0).forEach(callback => callback()) };
}

test('asks for earlier turns, piece by piece, until it has all', () => {
  const { store, posted } = openStore({ ...snapshot, earlier: 2 });
  const more = { type: 'moreTurns' };
  assert.deepEqual(posted, [more]);
  const piece = (id: string, earlier: number, revision: number): void =>
    store.receive({
      type: 'change',
      conversationId: 'c',
      revision,
      change: { type: 'earlierTurns', turns: [{ ...answer, id }], earlier },
    });
  piece('second', 1, 8);
  assert.deepEqual(posted, [more, more]);
  store.receive({ type: 'change', conversationId: 'c', revision: 9, change: delta('lo', 3) });
  piece('first', 0, 10);
  assert.deepEqual(posted, [more, more]);
  assert.deepEqual(
    store.view.value?.conversation.turns.map(({ id }) => id),
    ['first', 'second', 'a'],
  );
  assert.equal(store.textOf('a', 0), 'Hello', 'text that came in between is not lost');
});

const requestPreview: RequestPreview = {
  defaults: {},
  adjustments: [],
  unavailable: {},
  json: '{}',
  length: 2,
  size: { tokens: 3, isEstimate: true, contextWindow: 200_000 },
};

/** One of each, about a conversation that is not shown: a new message does not compile without. */
const ofOther: { [Type in ConversationMessage['type']]: Omit<ConversationMessage & { type: Type }, 'conversationId'> } =
  {
    askRestore: { type: 'askRestore', turnId: 'a' },
    change: { type: 'change', revision: 8, change: { type: 'title', title: 'Of the other one' } },
    editAgain: { type: 'editAgain', turnId: 'a', text: 'better' },
    fileToAttach: { type: 'fileToAttach', name: 'a.png', bytes: new Uint8Array() },
    held: { type: 'held', held: { kind: 'message', text: 'Hello' } },
    imageLimits: { type: 'imageLimits', limits: { longEdgePixels: 2576, tokens: 3072 } },
    promptPreview: {
      type: 'promptPreview',
      preview: { name: 'fix', origin: { kind: 'builtIn' }, text: 'Fix it.', takes: [] },
    },
    requestPreview: { type: 'requestPreview', preview: requestPreview },
    returned: { type: 'returned', text: 'Hello' },
    modelAdvice: { type: 'modelAdvice', advice: { model: 'm', name: 'M', reason: 'quick' } },
    outdated: { type: 'outdated', outdated: [{ id: 'a', state: 'gone' }] },
    size: { type: 'size', size: { tokens: 3 } as NextSize },
  };

/**
 * What names no conversation: it is about the page as a whole, or it names in another way what it belongs to, as a reply
 * does and the state of a snapshot. Whatever else is added does not compile without a conversation.
 */
const ofPage: { [Type in Exclude<HostMessage, ConversationMessage | MoreText>['type']]: 'page' | 'otherwise' } = {
  codeColours: 'page',
  conversationStates: 'page',
  find: 'page',
  focusComposer: 'page',
  foundInHistory: 'otherwise',
  inEditor: 'page',
  prompts: 'page',
  rejection: 'otherwise',
  reply: 'otherwise',
  rules: 'page',
  settings: 'page',
  showHistory: 'page',
  showParameters: 'page',
  snapshot: 'otherwise',
};

for (const [type, message] of Object.entries(ofOther)) {
  test(`what the host says about a conversation that is not shown leads to nothing: ${type}`, () => {
    assert.ok(!(type in ofPage));
    const { store, posted } = openStore(snapshot);
    store.onFileToAttach(() => assert.fail('a file for another conversation'));
    const seen = (): unknown[] =>
      Object.values(store).map((value: unknown) => (value instanceof Signal ? (value.value as unknown) : value));
    const before = seen();
    store.receive({ ...message, conversationId: 'other' });
    assert.deepEqual(seen(), before);
    assert.equal(store.state?.conversation.title, '');
    assert.deepEqual(posted, []);
  });
}

/** What each message leads to beside the conversation: a new one does not compile without. */
const shown: {
  [Type in NonNullable<Exclude<StoreMessage['type'], 'snapshot' | 'change'>>]: (
    store: Store,
    receive: (message: StoreMessage & { type: Type }) => void,
  ) => void;
} = {
  askRestore: (store, receive) => {
    receive({ type: 'askRestore', conversationId: 'c', turnId: 'a' });
    assert.equal(store.restoring.value, 'a');
  },
  requestPreview: (store, receive) => {
    const preview = requestPreview;
    receive({ type: 'requestPreview', conversationId: 'c', preview });
    assert.equal(store.preview.value, preview);
  },
  settings: (store, receive) => {
    const settings = { ...defaultViewSettings, fontSizePx: 20 };
    receive({ type: 'settings', settings });
    assert.equal(store.settings.value, settings);
  },
  prompts: (store, receive) => {
    const prompts = [{ name: 'fix', description: '', origin: { kind: 'builtIn' } } as const];
    receive({ type: 'prompts', prompts: [...prompts] });
    assert.deepEqual(store.prompts.value, prompts);
  },
  promptPreview: (store, receive) => {
    const preview = { name: 'fix', origin: { kind: 'builtIn' }, text: 'Fix it.', takes: [] } as const;
    receive({ type: 'promptPreview', conversationId: 'c', preview: { ...preview, takes: [] } });
    assert.deepEqual(store.promptPreview.value, preview);
    receive({ type: 'promptPreview', conversationId: 'c' });
    assert.equal(store.promptPreview.value, undefined);
  },
  imageLimits: (store, receive) => {
    receive({ type: 'imageLimits', conversationId: 'c', limits: { longEdgePixels: 2576, tokens: 3072 } });
    assert.deepEqual(store.imageLimits.value, { longEdgePixels: 2576, tokens: 3072 });
  },
  fileToAttach: (store, receive) => {
    const heard: string[] = [];
    const stop = store.onFileToAttach(({ name }) => heard.push(name));
    const file = { type: 'fileToAttach', conversationId: 'c', name: 'a.png', bytes: new Uint8Array() } as const;
    receive(file);
    stop();
    receive(file);
    assert.deepEqual(heard, ['a.png']);
  },
  showParameters: (store, receive) => {
    receive({ type: 'showParameters' });
    assert.equal(store.showsParameters.value, true);
  },
  size: (store, receive) => {
    const size = { tokens: 3 } as NextSize;
    receive({ type: 'size', conversationId: 'c', size });
    assert.equal(store.size.value, size);
  },
  inEditor: (store, receive) => {
    const inEditor = { name: 'a.ts' } as unknown as InEditor;
    receive({ type: 'inEditor', inEditor });
    assert.equal(store.inEditor.value, inEditor);
    receive({ type: 'inEditor' });
    assert.equal(store.inEditor.value, undefined);
  },
  rules: (store, receive) => {
    const folders = [{ folder: 'file:///w', files: ['AGENTS.md'], isOn: true }];
    receive({ type: 'rules', folders });
    assert.equal(store.rules.value, folders);
  },
  outdated: (store, receive) => {
    receive({ type: 'outdated', conversationId: 'c', outdated: [{ id: 'a', state: 'gone' }] });
    assert.deepEqual([...store.outdated.value], [['a', 'gone']]);
    receive({ type: 'outdated', conversationId: 'c', outdated: [] });
    assert.equal(store.outdated.value.size, 0);
  },
  held: (store, receive) => {
    const held = { kind: 'message', text: 'Hello' } as const;
    receive({ type: 'held', conversationId: 'c', held });
    assert.equal(store.held.value, held);
    receive({ type: 'held', conversationId: 'c' });
    assert.equal(store.held.value, undefined);
  },
  modelAdvice: (store, receive) => {
    const advice = { model: 'm', name: 'M', reason: 'quick' } as const;
    receive({ type: 'modelAdvice', conversationId: 'c', advice });
    assert.equal(store.modelAdvice.value, advice);
    receive({ type: 'modelAdvice', conversationId: 'c' });
    assert.equal(store.modelAdvice.value, undefined);
  },
  editAgain: (store, receive) => {
    receive({ type: 'editAgain', conversationId: 'c', turnId: 't', text: 'better' });
    assert.deepEqual(store.editing.value, { turnId: 't', text: 'better' });
  },
  returned: (store, receive) => {
    receive({ type: 'returned', conversationId: 'c', text: 'Hello' });
    assert.deepEqual(store.returned.value, { type: 'returned', conversationId: 'c', text: 'Hello' });
  },
};

for (const [type, check] of Object.entries(shown)) {
  test(`what the host says beside the conversation is shown: ${type}`, () => {
    const { store } = openStore(snapshot);
    check(store, (message: StoreMessage) => store.receive(message));
  });
}
