import { irregular } from '../../harness/endpoint/random.ts';
import type { TurnRecord } from '../../src/core/conversation/turns.ts';

const turnsOfEach = 10;
const syllables = ['ba', 'con', 'der', 'ent', 'fi', 'gra', 'in', 'ker', 'lo', 'men', 'nor', 'per', 're', 'sta', 'ti'];
const kana = 'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろ';
const han = '数据对话设置文件代码测试函数请求回答模型错误时间用户输入输出配置检查更新列表查找接口返回参数类型结果';

/** Terms that are in nearly all conversations, in few, in one and in none; words, Japanese, Chinese and code. */
export const searchedTerms = [
  'return',
  'const total',
  'needle42',
  'needle1777',
  'nowhere at all',
  '設定を変更',
  '对话设置',
  '回答',
  'sumOf17',
  'price[3]',
  'persta',
  'confi gration',
];

/** One conversation of about `characters`: prose, code, Japanese and Chinese; the same for the same number. */
export function conversation(number: number, characters: number): TurnRecord[] {
  const random = irregular(`conversation ${number}`);
  return Array.from({ length: turnsOfEach }, (_, at): TurnRecord => {
    const id = `t${number}-${at}`;
    const text = textOf(number, at, characters / turnsOfEach, random);
    return at % 2 === 0
      ? { id, role: 'user', createdAt: at, intent: 'chat', text, excerpts: [] }
      : {
          id,
          role: 'assistant',
          createdAt: at,
          model: 'claude-sonnet-4-5',
          content: [{ type: 'text', text }],
          state: { phase: 'complete', stopReason: 'end_turn' },
          usage: { inputTokens: 100, outputTokens: 100 },
        };
  });
}

function textOf(number: number, at: number, characters: number, random: () => number): string {
  const parts = at === 0 ? [`needle${number}`] : [];
  for (let size = 0, kind = 0; size < characters; kind++) {
    const part = (kinds[(number + at + kind) % kinds.length] ?? prose)(random);
    parts.push(part);
    size += part.length;
  }
  return parts.join('\n\n');
}

type Kind = (random: () => number) => string;

const pick = (from: string | readonly string[], random: () => number): string =>
  from[Math.floor(random() * from.length)] ?? '';

const word = (random: () => number): string =>
  Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(syllables, random)).join('');

const prose: Kind = random => `${Array.from({ length: 60 }, () => word(random)).join(' ')}.`;

const code: Kind = random => {
  const name = `sumOf${Math.floor(random() * 1_000)}`;
  const lines = Array.from({ length: 8 }, (_, line) => `  const total${line} = price[${line}] * ${word(random)};`);
  return `\`\`\`ts\nfunction ${name}() {\n${lines.join('\n')}\n  return total0;\n}\n\`\`\``;
};

const japanese: Kind = random =>
  `${Array.from({ length: 80 }, () => pick(kana, random)).join('')}${random() < 0.02 ? '設定を変更' : ''}。`;

const chinese: Kind = random => `${Array.from({ length: 80 }, () => pick(han, random)).join('')}。`;

const kinds: Kind[] = [prose, code, prose, japanese, prose, code, chinese];
