import type { CarriedConversation, CarriedTurn } from '../../src/core/carry/carried.ts';
import type { AnswerRecord, TurnRecord } from '../../src/core/conversation/turns.ts';
import type { AnswerContent } from '../../src/core/messages/wire.ts';
import type { Attachment, Excerpt, MediaAttachment } from '../../src/shared/attachment.ts';
import type { AnswerState, UserTurn } from '../../src/shared/conversation.ts';
import type { Finding } from '../../src/shared/finding.ts';

export function question(id: string, text: string, more: Partial<UserTurn> = {}): UserTurn {
  return { id, role: 'user', createdAt: 1_700_000_000_000, intent: 'chat', text, excerpts: [], ...more };
}

export function answer(id: string, text: string, more: Partial<AnswerRecord> = {}): AnswerRecord {
  return {
    id,
    role: 'assistant',
    createdAt: 1_700_000_001_000,
    model: 'claude-sonnet-4-5',
    content: [{ type: 'text', text }],
    state: { phase: 'complete', stopReason: 'end_turn' },
    ...more,
  };
}

/** A conversation of one branch. */
export function conversationOf(...records: TurnRecord[]): CarriedConversation {
  const turns = records.map((record, at): CarriedTurn => ({ parentId: records[at - 1]?.id ?? null, record }));
  return { id: 'c', title: 'A title', parameters: {}, headId: records.at(-1)?.id ?? null, turns };
}

/** Texts that look like parts of the file that they are written into. */
export const nastyTexts = [
  '',
  ' ',
  '\n',
  '\n\n  \n',
  '  indented\n\ttabbed  ',
  '\n\nspaced\n\n\n',
  'Windows\r\nlines\r\n',
  '\r\n',
  'mixed\r\nlines\nof all\rkinds',
  '## You',
  '## You  ',
  '## claude-sonnet-4-5',
  '## my-model',
  '## Assistant <!-- turn 1 -->',
  '## You <!-- turn 2 after 1 -->\n\ntext',
  'x <!-- text 1 -->',
  '<!-- text 1 -->\n<!-- note -->\n<!-- end -->\n<!-- others -->',
  '## You <!-- literal -->',
  '## You <!-- literal --> <!-- literal -->',
  'plain <!-- literal -->',
  '<!-- data\nturn 1 {"record":{}}\n-->',
  '<!-- data\nno end',
  '---\nmarginalia: 9\ntitle: "x"\n---\n',
  '</details> <!-- end -->',
  '<details><summary>Thinking</summary> <!-- thinking 1 -->\n\nx\n\n</details>',
  '```ts\nopen',
  '```\n~~~~\n```\n````\n`````js\n## You\n`````',
  '~~~\n```',
  '`````````',
  '-->',
  '--> <!--',
  '\ufeffbyte order',
  'nul \0 bell \x07 escape \x1b[0m form\ffeed',
  'lone \ud800 surrogate',
  'lines\u2028that\u2029are\u0085none',
  'emoji 👩‍👩‍👧 and 日本語 and العربية',
  '$blob $body {"$blob":1}',
  'x'.repeat(4_100),
  '**Tool use:** `x` <!-- tool 1 -->\n\n```json\n{}\n```',
  '### Title <!-- finding 1 -->',
  '<script>alert(1)</script>',
  '<<<<<<< ours\n=======\n>>>>>>> theirs',
];

/** Makes conversations of every shape from a seed. */
export class RandomConversations {
  #state: number;
  #ids = 0;

  constructor(seed: number) {
    this.#state = seed;
  }

  next(): CarriedConversation {
    const turns: CarriedTurn[] = [];
    for (let count = this.#below(9) + 1; count > 0; count--) {
      const parent = this.#chance(0.7) ? turns.at(-1) : turns[this.#below(turns.length + 1)];
      const isQuestion = parent ? parent.record.role === 'assistant' || this.#chance(0.1) : this.#chance(0.9);
      turns.push({ parentId: parent?.record.id ?? null, record: isQuestion ? this.#question() : this.#answer() });
    }
    return {
      id: this.#id(),
      title: this.#text(),
      parameters: this.#chance(0.5) ? {} : { model: 'my-model', max_tokens: 5, system: 'Be "brief".\n--> ---\n' },
      headId: turns[this.#below(turns.length)]?.record.id ?? null,
      turns,
    };
  }

  #question(): UserTurn {
    return {
      ...question(this.#id(), this.#text()),
      createdAt: this.#below(2 ** 31),
      intent: this.#one(['chat', 'explain', 'review'] as const),
      excerpts: this.#list(() => this.#excerpt()),
      ...(this.#chance(0.3) && { attachments: this.#list(() => this.#attachment()) }),
      ...(this.#chance(0.3) && {
        toolResults: this.#list(() => ({
          toolUseId: this.#text(),
          text: this.#text(),
          isError: this.#chance(0.5),
          ...(this.#chance(0.3) && { images: [this.#image()] }),
        })),
      }),
      ...(this.#chance(0.2) && { startsOver: this.#chance(0.5) }),
      ...this.#unknownFields(),
    };
  }

  #answer(): AnswerRecord {
    return {
      ...answer(this.#id(), ''),
      model: this.#one(['claude-sonnet-4-5', 'my-model', '', 'You', this.#text()]),
      content: this.#list(() => this.#content()),
      state: this.#answerState(),
      ...(this.#chance(0.5) && { usage: { inputTokens: this.#below(99), outputTokens: 1 } }),
      ...(this.#chance(0.2) && { isEdited: true as const }),
      ...(this.#chance(0.2) && {
        adjustments: [{ field: 'top_p', change: 'changed', reason: 'aboveMaximum', sent: 0.5 } as const],
      }),
      ...(this.#chance(0.3) && { findings: this.#list(() => this.#finding()) }),
      ...this.#unknownFields(),
    };
  }

  #content(): AnswerContent {
    const inputJson = this.#one(['{"a":1}', '{ "a" : [1, {"$parsed":true}] }', '', '{"cut', this.#text()]);
    const input = { a: 1 };
    const name = this.#one(['read', 'report_findings', this.#text()]);
    return this.#one<() => AnswerContent>([
      () => ({ type: 'text', text: this.#text() }),
      () => ({ type: 'text', text: this.#text() }),
      () => ({ type: 'thinking', thinking: this.#text(), signature: 'sig'.repeat(this.#below(3_000)) }),
      () => ({ type: 'redacted_thinking', data: 'x<!-- -->' }),
      () => ({ type: 'tool_use', id: 'toolu_1', name, inputJson }),
      () => ({ type: 'tool_use', id: 'toolu_2', name, inputJson, input }),
      () => ({ type: 'other', raw: { type: 'server_tool_use', $blob: 1, $$body: { $body: {} } } }),
      () => ({ type: 'other', raw: { type: 'compaction', content: this.#text() } }),
      () => ({
        type: 'other',
        raw: {
          type: 'web_search_tool_result',
          tool_use_id: 'srvtoolu_1',
          content: [
            { type: 'web_search_result', title: this.#text(), url: 'https://x/', encrypted_content: 'E'.repeat(5_000) },
          ],
        },
      }),
      () => ({
        type: 'other',
        raw: { type: 'text', text: this.#text(), citations: [{ type: 'char_location', cited_text: this.#text() }] },
      }),
    ])();
  }

  #answerState(): AnswerState {
    const problem = { kind: this.#one(['overloaded', 'endedEarly'] as const), detail: this.#text(), status: 529 };
    return this.#one<AnswerState>([
      { phase: 'complete', stopReason: null },
      { phase: 'complete', stopReason: this.#text() },
      { phase: 'stopped' },
      { phase: 'streaming' },
      { phase: 'retrying', attempt: 1, maxAttempts: 3, retryAt: 5, problem },
      { phase: 'failed', problem },
      { phase: 'truncated', problem },
    ]);
  }

  #finding(): Finding {
    return {
      id: this.#id(),
      severity: this.#one(['error', 'warning', 'info']),
      title: this.#text(),
      explanation: this.#text(),
      quote: this.#text(),
      ...(this.#chance(0.5) && { replacement: this.#text() }),
      path: this.#text(),
      uri: 'file:///x',
      placement: this.#one<Finding['placement']>([
        { placed: true, line: 1, endLine: 2 },
        { placed: false, reason: 'noFile' },
      ]),
    };
  }

  #excerpt(): Excerpt {
    const { path, languageId } = this.#one([
      { path: 'src/a.ts', languageId: 'typescript' },
      { path: this.#text(), languageId: this.#text() },
    ]);
    return { path, uri: 'file:///src/a.ts', languageId, startLine: 3, endLine: 5, code: this.#text() };
  }

  #attachment(): Attachment {
    const text = { id: this.#id(), kind: 'text', name: this.#text(), subject: 'terminal', text: this.#text() };
    const code = { id: this.#id(), kind: 'code', name: 'a.ts', subject: 'file', excerpt: this.#excerpt() };
    // Kinds that this version does not make.
    return this.#one([this.#image(), this.#image(), text as unknown as Attachment, code as unknown as Attachment]);
  }

  #image(): MediaAttachment {
    const data = this.#one(['iVBORw0KGgo=', 'A'.repeat(9_000)]);
    return this.#one<MediaAttachment>([
      { id: this.#id(), kind: 'image', name: this.#text(), source: { type: 'base64', mediaType: 'image/png', data } },
      { id: this.#id(), kind: 'document', name: 'x.pdf', source: { type: 'url', url: 'https://x/x.pdf' } },
      {
        id: this.#id(),
        kind: 'document',
        name: 'y.pdf',
        source: { type: 'base64', mediaType: 'application/pdf', data },
      },
    ]);
  }

  #unknownFields(): object {
    if (this.#chance(0.6)) return {};
    return {
      later: { $body: {}, $blob: 1, $$x: [null, true, -1.5, this.#text()], list: [[]] },
      $own: this.#text(),
      ['__proto__x']: JSON.parse('{"__proto__":{"a":1}}') as unknown,
    };
  }

  #text(): string {
    if (this.#chance(0.3))
      return this.#one(['Hello.', 'Two\n\nparagraphs', '# Heading\n\n- list\n\n```ts\nlet x;\n```']);
    const parts = Array.from({ length: this.#below(3) + 1 }, () => this.#one(nastyTexts));
    return parts.join(this.#one(['', '\n', '\n\n', ' ']));
  }

  #list<Item>(make: () => Item): Item[] {
    return Array.from({ length: this.#below(4) }, make);
  }

  #id(): string {
    return `id-${++this.#ids}`;
  }

  #chance(share: number): boolean {
    return this.#below(1_000) < share * 1_000;
  }

  #one<Item>(items: readonly Item[]): Item {
    return items[this.#below(items.length)] as Item;
  }

  #below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }
}
