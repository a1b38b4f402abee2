import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AssistantTurn, SentLimits, UserTurn } from '../../../src/shared/conversation.ts';
import { reportToolName } from '../../../src/shared/finding.ts';
import { partsOf } from '../../../src/webview/find/parts.ts';
import { FindingCounter } from '../../../src/webview/findings/findingCounter.ts';
import { loadTranslations, t } from '../../../src/webview/ui/l10n.ts';
import { shortModelName } from '../../../src/webview/ui/modelName.ts';
import { stopNotice } from '../../../src/webview/transcript/stopNotice.ts';
import { conversationMarkdown, turnMarkdown } from '../../../src/shared/turnMarkdown.ts';

test('findings are counted as their JSON arrives, whatever their texts hold', () => {
  const json = JSON.stringify({
    findings: [{ title: 'a } ] "{', nested: { deep: [{}] } }, { title: '\\"' }, { title: 'c', lines: [1, 2] }],
  });
  const counter = new FindingCounter();
  const counts: number[] = [];
  for (let end = 1; end <= json.length; end++) counts.push(counter.update(json.slice(0, end)));
  assert.equal(counts.at(-1), 3);
  assert.deepEqual([...new Set(counts)], [0, 1, 2, 3]);
});

const ended: AssistantTurn = {
  id: 'a',
  role: 'assistant',
  createdAt: 0,
  model: 'm',
  state: { phase: 'complete', stopReason: 'max_tokens' },
  blocks: [{ type: 'text', text: 'One' }],
};
const settingsLimits: SentLimits = { maxTokens: 8192, maxTokensFrom: 'settings' };
const continuable = { goesOn: true, isLast: true };

describe('Why an answer ended:', () => {
  const cases: [stopReason: string | null, words: RegExp | undefined][] = [
    ['end_turn', undefined],
    ['stop', undefined],
    ['tool_use', undefined],
    [null, undefined],
    ['max_tokens', /limit of 8.?192 tokens/],
    ['length', /limit of 8.?192 tokens/],
    ['model_context_window_exceeded', /context window/],
    ['refusal', /declined/],
    ['content_filter', /A filter of the endpoint/],
    ['stop_sequence', /at a stop sequence/],
    ['pause_turn', /paused before it was done/],
    ['something_new', /“something_new”/],
  ];
  for (const [stopReason, words] of cases) {
    test(String(stopReason), () => {
      const notice = stopNotice(
        stopReason,
        { ...ended, usage: { outputTokens: 18 }, limits: settingsLimits },
        continuable,
        t,
      );
      if (words) assert.match(notice?.text ?? '', words);
      else assert.equal(notice, undefined);
    });
  }

  test('a refusal goes with the endpoint’s own words, and offers another question and another model', () => {
    for (const stopReason of ['refusal', 'content_filter']) {
      const stopDetails = { category: 'cyber', explanation: 'No exploits here.' };
      const told = stopNotice(
        stopReason,
        { ...ended, state: { phase: 'complete', stopReason, stopDetails } },
        continuable,
        t,
      );
      assert.deepEqual([told?.detail, told?.offersOther], ['cyber: No exploits here.', true]);
      const untold = stopNotice(stopReason, { ...ended, state: { phase: 'complete', stopReason } }, continuable, t);
      assert.deepEqual([untold?.detail, untold?.offersOther], [undefined, true]);
    }
  });

  test('the limit is not named where it was not kept, whatever was counted', () => {
    const notice = stopNotice('max_tokens', { ...ended, usage: { outputTokens: 18 } }, continuable, t);
    assert.doesNotMatch(notice?.text ?? '', /\{0\}|undefined|18/);
  });

  const limits: [limits: SentLimits, words: RegExp, offers: string | undefined][] = [
    [settingsLimits, /raise the limit in the settings/, 'settings'],
    [{ ...settingsLimits, maxTokensFrom: 'parameters' }, /in the parameters of this conversation/, 'parameters'],
    [{ ...settingsLimits, maxTokensFrom: 'model' }, /cut off\. Continue it\.$/, undefined],
  ];
  for (const [sent, words, offers] of limits) {
    test(`at a limit from the ${sent.maxTokensFrom} it says where more can be had`, () => {
      const notice = stopNotice('max_tokens', { ...ended, limits: sent }, continuable, t);
      assert.match(notice?.text ?? '', words);
      assert.equal(notice?.offers, offers);
    });
  }

  const sequences: [from: SentLimits['stopSequencesFrom'], sequence: string | undefined, words: string][] = [
    ['settings', 'END', 'The answer ended at the stop sequence “END” from your settings.'],
    ['parameters', '\n\n', 'The answer ended at the stop sequence “\\n\\n” of this conversation.'],
    ['parameters', undefined, 'The answer ended at one of the stop sequences of this conversation.'],
    [undefined, 'Human:', 'The answer ended at the stop sequence “Human:”.'],
  ];
  for (const [from, sequence, words] of sequences) {
    test(words, () => {
      const turn: AssistantTurn = {
        ...ended,
        limits: { ...settingsLimits, ...(from && { stopSequencesFrom: from }) },
        state: { phase: 'complete', stopReason: 'stop_sequence', ...(sequence && { stopSequence: sequence }) },
      };
      const notice = stopNotice('stop_sequence', turn, continuable, t);
      assert.equal(notice?.text, words);
      assert.equal(notice.offers, from);
    });
  }

  test('nobody is told to continue what can’t be continued; what was cut in a tool use is asked for again', () => {
    const cut: AssistantTurn = {
      ...ended,
      blocks: [{ type: 'toolUse', id: 't', name: 'look', text: '{"at": "the s' }],
    };
    const last = stopNotice('max_tokens', cut, { goesOn: false, isLast: true }, t);
    assert.doesNotMatch(last?.text ?? '', /Continue/);
    assert.match(last?.text ?? '', /tool look is incomplete.*then try again/);
    const ran: AssistantTurn = {
      ...cut,
      calls: [{ index: 0, state: 'failed', line: { action: 'tool', subject: 'look' } }],
    };
    const handedBack = stopNotice('max_tokens', ran, { goesOn: false, isLast: false }, t);
    assert.doesNotMatch(handedBack?.text ?? '', /incomplete/, 'its tool has said so to the model');
    assert.equal(last?.offersRetry, true);
    const earlier = stopNotice('max_tokens', cut, { goesOn: false, isLast: false }, t);
    assert.doesNotMatch(earlier?.text ?? '', /Continue|try again/);
    assert.equal(earlier?.offersRetry, false);
    const window = stopNotice('model_context_window_exceeded', cut, { goesOn: false, isLast: true }, t);
    assert.doesNotMatch(window?.text ?? '', /continue/);
  });
});

test('a prompt is copied with its code, in a fence that the code cannot close', () => {
  const turn: UserTurn = {
    id: 'u',
    role: 'user',
    createdAt: 0,
    intent: 'explain',
    text: 'Explain this.',
    excerpts: [
      { path: 'a.md', uri: 'file:///a.md', languageId: 'markdown', startLine: 2, endLine: 4, code: '```\nx\n```\n' },
    ],
  };
  assert.equal(turnMarkdown(turn), 'Explain this.\n\n`a.md:2–4`\n\n````markdown\n```\nx\n```\n````');
});

test('an answer is copied without its thoughts, with its findings', () => {
  const turn: AssistantTurn = {
    id: 'a',
    role: 'assistant',
    createdAt: 0,
    model: 'm',
    state: { phase: 'complete', stopReason: 'end_turn' },
    blocks: [
      { type: 'thinking', text: 'hm' },
      { type: 'text', text: 'One.\n' },
      { type: 'text', text: 'Two.' },
    ],
    findings: [
      {
        id: '1',
        severity: 'error',
        title: 'Wrong',
        explanation: 'Because.',
        quote: 'a',
        replacement: 'b',
        path: 'a.ts',
        uri: 'file:///a.ts',
        placement: { placed: true, line: 3, endLine: 3 },
      },
    ],
  };
  assert.equal(turnMarkdown(turn), 'One.\n\nTwo.\n\n### Wrong\n\nerror · `a.ts:3`\n\nBecause.\n\n```\nb\n```');
});

test('tools, their results and what was attached are copied as well; a review’s tool stands in its findings', () => {
  const prompt: UserTurn = {
    id: 'u',
    role: 'user',
    createdAt: 0,
    intent: 'chat',
    text: '',
    excerpts: [],
    attachments: [
      { id: 'i', kind: 'image', name: 'a`b.png', source: { type: 'base64', mediaType: 'image/png', data: '' } },
    ],
    toolResults: [{ toolUseId: 't', text: '```', isError: true }],
  };
  assert.equal(turnMarkdown(prompt), '**Image:** `` a`b.png ``\n\n**The tool failed**\n\n````\n```\n````');
  const turn: AssistantTurn = {
    id: 'a',
    role: 'assistant',
    createdAt: 0,
    model: 'my\nmodel',
    state: { phase: 'stopped' },
    blocks: [
      { type: 'toolUse', id: 't', name: 'read', text: '{"path":1}' },
      { type: 'redactedThinking', text: '' },
    ],
  };
  assert.equal(turnMarkdown(turn), '**Tool use:** `read`\n\n```json\n{"path":1}\n```');
  const report = { type: 'toolUse', id: 't', name: reportToolName, text: '{}' } as const;
  assert.equal(turnMarkdown({ ...turn, blocks: [report], findings: [] }), '');
  assert.equal(
    conversationMarkdown('A\ntitle', [prompt, { ...turn, blocks: [] }]),
    `# A title\n\n## You\n\n${turnMarkdown(prompt)}\n\n## my model\n`,
  );
});

test('a model is named without the date of its release', () => {
  assert.equal(shortModelName('claude-sonnet-4-5-20250929'), 'claude-sonnet-4-5');
  assert.equal(shortModelName('claude-opus-4-1-20250805-thinking'), 'claude-opus-4-1-thinking');
  assert.equal(shortModelName('my-model'), 'my-model');
});

test('sentences are translated where a translation is there, and filled in', () => {
  loadTranslations('{"Show all {0} lines":"Alle {0} Zeilen zeigen","Copy":"","Bad":1}');
  assert.equal(t('Show all {0} lines', 12), 'Alle 12 Zeilen zeigen');
  assert.equal(t('Copy'), 'Copy');
  assert.equal(t('Bad'), 'Bad');
  assert.equal(t('{0} of {1}', 'a {1}', 'b'), 'a {1} of b');
  loadTranslations('not JSON');
  assert.equal(t('Copy'), 'Copy');
});

test('a call that has run is copied with its result, and found by it once its line is open', () => {
  const turn: AssistantTurn = {
    id: 'a',
    role: 'assistant',
    createdAt: 0,
    model: 'm',
    state: { phase: 'complete', stopReason: 'tool_use' },
    blocks: [{ type: 'toolUse', id: 't', name: 'look', text: '{"at":1}' }],
    calls: [
      {
        index: 0,
        state: 'done',
        line: { action: 'view', subject: 'a.ts' },
        result: { text: 'the sky', isError: false },
      },
    ],
  };
  assert.match(turnMarkdown(turn), /look[^]*"at":1[^]*the sky/);
  const back: UserTurn = {
    id: 'u',
    role: 'user',
    createdAt: 0,
    intent: 'chat',
    text: '',
    excerpts: [],
    handsBack: true,
  };
  assert.doesNotMatch(conversationMarkdown('Title', [turn, back]), /## You/);
  assert.deepEqual(
    partsOf(turn).map(({ key, source, opens }) => [key, source, opens]),
    [
      ['block 0', '{\n  "at": 1\n}', ['call 0']],
      ['call 0 result', 'the sky', ['call 0']],
    ],
  );
});
