import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CarriedConversation } from '../../../src/core/carry/carried.ts';
import { parseJsonConversation, toJson } from '../../../src/core/carry/json.ts';
import { toMarkdown } from '../../../src/core/carry/markdown.ts';
import { parseMarkdown } from '../../../src/core/carry/parseMarkdown.ts';
import type { NoteAtLine } from '../../../src/core/carry/trouble.ts';
import { answer, conversationOf, nastyTexts, question, RandomConversations } from '../../support/carried.ts';
import { handedBack, ran, seen } from '../../support/turns.ts';
import { cpuTime } from '../../support/cpuTime.ts';

let made = 0;
const birth = { newId: () => `new ${++made}`, now: () => 1 };

function read(text: string, notes: NoteAtLine[] = []): CarriedConversation {
  const result = parseMarkdown(text, birth);
  assert.ok(result.ok, JSON.stringify(result));
  assert.deepEqual(result.notes, notes);
  return result.conversation;
}

describe('What is written is read as the same conversation:', () => {
  test('texts that look like the file itself', () => {
    for (const text of nastyTexts) {
      const conversation = conversationOf(
        question('q', text, {
          excerpts: [{ path: text, uri: text, languageId: text, startLine: 1, endLine: 2, code: text }],
          toolResults: [{ toolUseId: text, text, isError: false }],
        }),
        answer('a', text),
        answer('b', '', {
          content: [
            { type: 'thinking', thinking: text, signature: text },
            { type: 'text', text },
            { type: 'text', text },
            { type: 'tool_use', id: 't', name: text, inputJson: text },
            { type: 'text', text },
          ],
        }),
      );
      assert.deepEqual(read(toMarkdown({ ...conversation, title: text })), { ...conversation, title: text });
    }
  });

  for (let seed = 1; seed <= 3; seed++) {
    test(`100 conversations of every shape from seed ${seed}`, () => {
      const conversations = new RandomConversations(seed);
      for (let count = 0; count < 100; count++) {
        const conversation = conversations.next();
        const written = toMarkdown(conversation);
        const back = read(written);
        assert.deepEqual(back, conversation);
        assert.equal(toMarkdown(back), written);
        // Where the file is shown, the data is one comment.
        const data = written.slice(written.lastIndexOf('\n<!-- data\n'));
        assert.equal(data.indexOf('-->'), data.length - '-->\n'.length);
        const elsewhere = `\ufeff${Buffer.from(written).toString('utf8').replaceAll('\n', '\r\n')}`;
        assert.deepEqual(read(elsewhere), conversation);
        assert.doesNotMatch(written, /(?![\n\t\u0080-\u009f])\p{Cc}/u);
      }
    });
  }
});

const simple = (): CarriedConversation =>
  conversationOf(
    question('1', 'Explain this.', {
      excerpts: [
        {
          path: 'src/a.ts',
          uri: '',
          languageId: 'typescript',
          startLine: 3,
          endLine: 4,
          code: 'let a = 1;\nlet b = `x`;',
        },
      ],
    }),
    answer('2', 'It sets **two** variables.', {
      content: [
        { type: 'thinking', thinking: 'What is it?', signature: 'c2ln' },
        { type: 'text', text: 'It sets **two** variables.' },
      ],
      usage: { inputTokens: 10, outputTokens: 5 },
    }),
    question('3', 'Why?'),
    answer('4', '## Reasons\n\n- one\n- two\n'),
  );

test('the file reads like the conversation', () => {
  assert.equal(
    toMarkdown({ ...simple(), id: '' }),
    `---
marginalia: 1
title: "A title"
model: "claude-sonnet-4-5"
created: "2023-11-14T22:13:20.000Z"
parameters: {}
---

## You <!-- turn 1 -->

Explain this.

\`src/a.ts:3–4\` <!-- excerpt 1 -->

\`\`\`typescript
let a = 1;
let b = \`x\`;
\`\`\`

## claude-sonnet-4-5 <!-- turn 2 -->

<details><summary>Thinking</summary> <!-- thinking 1 -->

What is it?

</details> <!-- end -->

It sets **two** variables.

## You <!-- turn 3 -->

Why?

## claude-sonnet-4-5 <!-- turn 4 -->

## Reasons

- one
- two

<!-- data
turn 1 {"record":{"id":"1","role":"user","createdAt":1700000000000,"intent":"chat","text":{"$body":{}},"excerpts":[{"path":"src/a.ts","uri":"","languageId":"typescript","startLine":3,"endLine":4,"code":{"$body":{}}}]}}
turn 2 {"record":{"id":"2","role":"assistant","createdAt":1700000001000,"model":"claude-sonnet-4-5","content":[{"type":"thinking","thinking":{"$body":{}},"signature":"c2ln"},{"type":"text","text":{"$body":{}}}],"state":{"phase":"complete","stopReason":"end_turn"},"usage":{"inputTokens":10,"outputTokens":5}},"check":"1317ca673bb0"}
turn 3 {"record":{"id":"3","role":"user","createdAt":1700000000000,"intent":"chat","text":{"$body":{}},"excerpts":[]}}
turn 4 {"record":{"id":"4","role":"assistant","createdAt":1700000001000,"model":"claude-sonnet-4-5","content":[{"type":"text","text":{"$body":{"after":"\\n"}}}],"state":{"phase":"complete","stopReason":"end_turn"}},"check":"7a5763add783"}
-->
`,
  );
});

test('what comes later only adds lines', () => {
  const whole = simple();
  const earlier = toMarkdown({ ...whole, headId: '2', turns: whole.turns.slice(0, 2) }).split('\n');
  const later = toMarkdown(whole).split('\n');
  let at = 0;
  for (const line of later) if (line === earlier[at]) at++;
  assert.equal(at, earlier.length);
});

test('a long text has a line of its own, once, however many turns hold it', () => {
  const data = 'A'.repeat(5_000);
  const attachments = [
    { id: 'i', kind: 'image', name: 'a.png', source: { type: 'base64', mediaType: 'image/png', data } } as const,
  ];
  const conversation = conversationOf(question('1', 'a', { attachments }), question('2', 'b', { attachments }));
  const written = toMarkdown(conversation);
  assert.equal(written.split(data).length, 2);
  assert.match(written, /^\*\*Image:\*\* `a\.png` <!-- attachment 1 -->$/m);
  assert.deepEqual(read(written), conversation);
});

test('an open fence is closed for whoever looks at the file, and stays open in the answer', () => {
  const conversation = conversationOf(question('1', 'q'), answer('2', 'x\n````ts\nlet a'), question('3', 'next'));
  const written = toMarkdown(conversation);
  assert.match(written, /let a\n\n<!-- note -->\n````\n\n## You/);
  assert.deepEqual(read(written), conversation);
});

describe('A file that people have edited:', () => {
  const texts = ({ turns }: CarriedConversation): string[] =>
    turns.map(({ record }) =>
      record.role === 'user' ? record.text : record.content.map(block => ('text' in block ? block.text : '')).join('|'),
    );
  const line = (text: string, part: string): number =>
    text.split('\n').findIndex(candidate => candidate.includes(part)) + 1;

  test('changed words count, and an answer of other words says that it was edited', () => {
    const text = toMarkdown(simple()).replace('Why?', 'Why so?').replace('**two** variables', '2 variables');
    const { turns } = read(text);
    const [, first, second, last] = turns.map(({ record }) => record);
    assert.ok(second?.role === 'user' && first?.role === 'assistant' && last?.role === 'assistant');
    assert.equal(second.text, 'Why so?');
    assert.deepEqual(first.content[1], { type: 'text', text: 'It sets 2 variables.' });
    assert.equal(first.isEdited, true);
    assert.equal(last.isEdited, undefined);
  });

  test('changed code counts', () => {
    const { turns } = read(toMarkdown(simple()).replace('let a = 1;', 'let a = 2;\nlet c = 3;'));
    const [first] = turns;
    assert.ok(first?.record.role === 'user');
    assert.equal(first.record.excerpts[0]?.code, 'let a = 2;\nlet c = 3;\nlet b = `x`;');
  });

  test('without the data of the machine it opens with what is there', () => {
    const [text = ''] = toMarkdown(simple()).split('<!-- data');
    const { title, turns } = read(text);
    assert.equal(title, 'A title');
    assert.deepEqual(
      turns.map(({ record }) => record.role),
      ['user', 'assistant', 'user', 'assistant'],
    );
    assert.deepEqual(texts({ ...simple(), turns }), [
      'Explain this.',
      '|It sets **two** variables.',
      'Why?',
      '## Reasons\n\n- one\n- two',
    ]);
    const [first] = turns;
    assert.ok(first?.record.role === 'user');
    assert.deepEqual(
      first.record.excerpts,
      simple().turns[0]?.record.role === 'user'
        ? [
            {
              path: 'src/a.ts',
              uri: '',
              languageId: 'typescript',
              startLine: 3,
              endLine: 4,
              code: 'let a = 1;\nlet b = `x`;',
            },
          ]
        : [],
    );
  });

  test('without any comment its headings still tell the turns', () => {
    const text = toMarkdown(simple()).replace(/ ?<!--[^]*?-->/g, '');
    assert.deepEqual(
      read(text).turns.map(({ record }) => (record.role === 'user' ? 'user' : record.model)),
      ['user', 'claude-sonnet-4-5', 'user', 'claude-sonnet-4-5'],
    );
  });

  test('written by hand, it needs headings alone', () => {
    const { title, turns, headId } = read('# Talk\n\n## You\n\nHello\n\n## Assistant\n\nHi.\n\n## More\n\n## You\nBye');
    assert.equal(title, 'Talk');
    assert.deepEqual(texts({ ...simple(), turns }), ['Hello', 'Hi.\n\n## More', 'Bye']);
    assert.equal(turns[1]?.parentId, turns[0]?.record.id);
    assert.equal(headId, turns[2]?.record.id);
  });

  test('a turn that is added, copied, moved or taken out', () => {
    const text = toMarkdown(simple());
    const added = text.replace('<!-- data', '## You\n\nAnd now?\n\n<!-- data');
    assert.deepEqual(texts(read(added)).at(-1), 'And now?');
    const copied = read(text.replace('<!-- data', '## You <!-- turn 3 -->\n\nWhy?\n\n<!-- data')).turns;
    assert.equal(new Set(copied.map(({ record }) => record.id)).size, 5);
    const cut = text
      .replace(/## You <!-- turn 1 -->[^]*?(?=## )/, '')
      .replace(/## claude\S+ <!-- turn 2 -->[^]*?(?=## You)/, '');
    assert.deepEqual(texts(read(cut)), ['Why?', '## Reasons\n\n- one\n- two\n']);
  });

  test('a turn that others follow was taken out: they follow the one before it, and it is said', () => {
    const whole = simple();
    const branched = { ...whole, headId: '2' };
    const text = toMarkdown(branched).replace(/## claude\S+ <!-- turn 2 -->[^]*?(?=<details><summary>Other)/, '');
    const { turns } = read(text, [{ note: 'missingParent', line: line(text, 'turn 3 after 2') }]);
    assert.deepEqual(
      turns.map(({ record, parentId }) => [record.id, parentId]),
      [
        ['1', null],
        ['3', '1'],
        ['4', '3'],
      ],
    );
  });

  test('a formatter for YAML and JSON was at its beginning', () => {
    const written = toMarkdown({ ...simple(), title: "It's", parameters: { temperature: 0.5, model: 'm' } });
    const text = written
      .replace('title: "It\'s"', "title: 'It''s'")
      .replace(/parameters: .*/, 'parameters:\n  { "temperature": 0.5,\n    "model": "m" }')
      .replace('model: "m"', 'model: m');
    const { title, parameters } = read(text);
    assert.equal(title, "It's");
    assert.deepEqual(parameters, { temperature: 0.5, model: 'm' });
  });

  test('what is broken is told with its line, and the rest is taken', () => {
    const written = toMarkdown(simple());
    const cases: [note: NoteAtLine['note'], text: string, at: string][] = [
      ['badData', written.replace('turn 3 {', 'turn 3 {{'), 'turn 3 {{'],
      ['badData', written.replace('"role":"user","createdAt":1700000000000,', '"role":"user",'), 'turn 1 {'],
      ['badData', written.replace('turn 2 {', '>>>>>>> theirs\nturn 2 {'), '>>>>>>> theirs'],
      ['badField', written.replace('parameters: {}', 'parameters: {"a"'), 'parameters: {'],
      [
        'textBeforeTurns',
        written.replace('## You <!-- turn 1', 'A word before\n\n## You <!-- turn 1'),
        'A word before',
      ],
      ['openFence', written.replace('let b = `x`;\n```', 'let b = `x`;'), '```typescript'],
      [
        'missingData',
        written
          .replace(' <!-- turn 3 -->', '$& \n\n**Image:** `x` <!-- attachment 1 -->')
          .replace('$& ', ' <!-- turn 3 -->'),
        '<!-- attachment 1',
      ],
    ];
    for (const [note, text, at] of cases) {
      assert.notEqual(text, written);
      const { turns } = read(text, [{ note, line: line(text, at) }]);
      assert.deepEqual(
        texts({ ...simple(), turns }).map(words => words.replace(/\n$/, '')),
        ['Explain this.', '|It sets **two** variables.', 'Why?', '## Reasons\n\n- one\n- two'],
        note,
      );
    }
  });

  test('changes to a finding are not read, and it is said', () => {
    const finding = {
      id: 'f',
      severity: 'error' as const,
      title: 'Wrong',
      explanation: 'Because.',
      quote: 'a',
      path: 'a.ts',
      uri: '',
      placement: { placed: true as const, line: 3, endLine: 3 },
    };
    const conversation = conversationOf(question('1', 'Review'), answer('2', 'x', { findings: [finding, finding] }));
    const text = toMarkdown(conversation).replace('Because.', 'Why not.');
    assert.deepEqual(read(text, [{ note: 'editedFinding', line: line(text, '<!-- finding 1') }]), conversation);
    const fewer = toMarkdown(conversation).replace(/### Wrong <!-- finding 1 -->[^]*?(?=###)/, '');
    const [, answered] = read(fewer).turns;
    assert.ok(answered?.record.role === 'assistant');
    assert.deepEqual(answered.record.findings, [finding]);
  });

  test('what is no conversation is refused with its line', () => {
    const refused = (text: string): unknown => parseMarkdown(text, birth);
    assert.deepEqual(refused('# Readme\n\nText'), { ok: false, problem: 'noTurns' });
    assert.deepEqual(refused(''), { ok: false, problem: 'noTurns' });
    assert.deepEqual(refused('---\ntitle: x\n\n## You\n'), { ok: false, problem: 'openFrontMatter', line: 1 });
    assert.deepEqual(refused('---\ntitle: x\nmarginalia: 2\n---\n## You\n'), {
      ok: false,
      problem: 'newerVersion',
      line: 3,
    });
  });

  test('turns that follow each other in a circle become first turns', () => {
    const text = '## You <!-- turn 1 after 2 -->\na\n## Assistant <!-- turn 2 after 1 -->\nb\n';
    const { turns } = read(text, [{ note: 'missingParent', line: 1 }]);
    assert.deepEqual(
      turns.map(({ parentId }) => parentId === null),
      [true, false],
    );
  });

  test('cut anywhere or with any line gone, it is read or refused, never a crash', () => {
    const conversation = new RandomConversations(99).next();
    const text = toMarkdown({ ...conversation, turns: [...conversation.turns] });
    for (let end = 0; end < text.length; end += 7) parseMarkdown(text.slice(0, end), birth);
    const lines = text.split('\n');
    for (let gone = 0; gone < lines.length; gone++) parseMarkdown(lines.toSpliced(gone, 1).join('\n'), birth);
  });
});

test('a megabyte in one line, or of marks, is read without a wait', () => {
  for (const text of [' '.repeat(1_000_000), '<!-- '.repeat(200_000), '`'.repeat(1_000_000), '\n'.repeat(300_000)]) {
    const conversation = conversationOf(question('1', `a${text}b`), answer('2', `a${text}b`));
    const took = cpuTime(() => assert.deepEqual(read(toMarkdown(conversation)), conversation));
    assert.ok(took < 2_000, `${JSON.stringify(text.slice(0, 5))}: ${took} ms`);
  }
});

test('calls that have run come back with what became of them, and so does the turn that handed that back', () => {
  const conversation = conversationOf(question('q', 'Look'), ran, handedBack, answer('a', 'Blue.'));
  const carried = read(toMarkdown(conversation)).turns.map(({ record }) => record);
  assert.deepEqual(carried[1]?.role === 'assistant' && carried[1].calls, ran.calls);
  assert.equal(carried[2]?.role === 'user' && carried[2].handsBack, true);
});

test('images that calls have brought travel along, in Markdown and in JSON', () => {
  const conversation = conversationOf(question('q', 'Look'), seen, handedBack, answer('a', 'Blue.'));
  const fromMarkdown = read(toMarkdown(conversation)).turns.map(({ record }) => record);
  assert.deepEqual(fromMarkdown[1]?.role === 'assistant' && fromMarkdown[1].calls, seen.calls);
  const fromJson = parseJsonConversation(toJson(conversation));
  assert.ok(fromJson.ok);
  assert.deepEqual(fromJson.conversation, conversation);
});

test('an image of a call that is none leaves the words of its turn', () => {
  const odd = { id: 'i', kind: 'document', name: 'x', source: { type: 'url', url: 'https://elsewhere' } };
  const broken = structuredClone(seen);
  Object.assign(broken.calls?.[0]?.result ?? {}, { images: [odd] });
  const result = parseMarkdown(toMarkdown(conversationOf(question('q', 'Look'), broken, answer('a', 'Blue.'))), birth);
  assert.ok(result.ok);
  assert.deepEqual(result.notes.map(({ note }) => note).sort(), ['badData', 'missingData']);
});
