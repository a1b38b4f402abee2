import { type AnswerLanguage, languageOf } from './phrases.ts';

/** The answer to a question about a fetch that takes too long; undefined where it asks for something else. */
export function howTo(question: string): string | undefined {
  if (
    !/\bfetch\b/i.test(question) ||
    !/cancel|abort|time ?out|キャンセル|中止|タイムアウト|取消|超时/i.test(question)
  ) {
    return undefined;
  }
  const seconds = Number(/(\d+)\s*(?:s\b|seconds?|秒)/i.exec(question)?.[1] ?? 10);
  const { intro, both, catching } = WORDS[languageOf(question)];
  const milliseconds = (seconds * 1000).toLocaleString('en').replaceAll(',', '_');
  return [
    intro,
    `\`\`\`ts
const response = await fetch(url, { signal: AbortSignal.timeout(${milliseconds}) });
\`\`\``,
    both,
    `\`\`\`ts
export async function load(url: string, stop: AbortSignal): Promise<string> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(${milliseconds})]);
  try {
    const response = await fetch(url, { signal });
    return await response.text();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') {
      throw new Error('No answer within ${seconds} seconds.', { cause: error });
    }
    throw error;
  }
}
\`\`\``,
    catching,
  ].join('\n\n');
}

interface Words {
  readonly intro: string;
  readonly both: string;
  readonly catching: string;
}

const WORDS: Readonly<Record<AnswerLanguage, Words>> = {
  en: {
    intro: 'Pass `fetch` a signal that aborts by itself. `AbortSignal.timeout` makes one:',
    both: 'Where somebody may also press a Stop button, put both signals together, and tell the two ends apart by the name of the error:',
    catching:
      '- The time runs on while the body is read, so it covers the **whole** download and not only the headers.\n- A timeout rejects with `TimeoutError`, a Stop with `AbortError`.\n- Both signals work in Node 20 and in all browsers since 2024.',
  },
  ja: {
    intro: '自分で中止するシグナルを `fetch` に渡します。`AbortSignal.timeout` で作れます。',
    both: '停止ボタンでも止めたいときは、二つのシグナルを合わせ、エラーの名前で見分けます。',
    catching:
      '- 時間は本文を読む間も進むので、ヘッダーだけでなく**ダウンロード全体**に効きます。\n- 時間切れは `TimeoutError`、停止は `AbortError` になります。\n- どちらのシグナルも Node 20 と、2024 年以降のすべてのブラウザーで使えます。',
  },
  zh: {
    intro: '给 `fetch` 传一个会自行中止的信号。用 `AbortSignal.timeout` 创建:',
    both: '如果用户还可以按停止按钮,就把两个信号合在一起,并按错误的名称区分:',
    catching:
      '- 读取正文时计时仍在继续,所以它覆盖**整个**下载,而不只是响应头。\n- 超时会得到 `TimeoutError`,停止会得到 `AbortError`。\n- 这两种信号在 Node 20 和 2024 年以来的所有浏览器中都可用。',
  },
};
