/** What the answers say in the languages in which they can say it. Titles of findings stay in English. */
export interface Phrases {
  readonly demoNote: string;
  readonly youWrote: (quote: string) => string;
  readonly turn: (turn: number) => string;
  readonly before: (quote: string) => string;
  readonly first: (quote: string) => string;
  readonly nothingBefore: string;
  readonly system: (characters: number, quote: string) => string;
  readonly attached: (what: string) => string;
  readonly greeting: string;
  readonly tryThis: string;
  readonly about: (topic: string) => string;
  readonly nothing: string;
  readonly wordLine: (word: string, times: number) => string;
  readonly item: (number: number, word: string) => string;
  readonly tableTitle: string;
  readonly tableHead: readonly [string, string, string];
  readonly codeTitle: string;
  readonly paragraph: (number: number, of: number, word: string) => string;
  readonly whatItIs: string;
  readonly unknownLanguage: string;
  /** `where` is empty, or a path with its lines. */
  readonly codeIs: (lines: number, language: string, where: string, isDiff: boolean) => string;
  readonly declares: (names: string, more: number) => string;
  readonly onlyCalls: (names: string) => string;
  readonly onlyImports: (names: string) => string;
  readonly declaresNothing: string;
  readonly lines: (first: number, last: number) => string;
  readonly holds: (kind: 'class' | 'type', name: string, members: string) => string;
  readonly imports: (names: string) => string;
  readonly callsOutside: (names: string) => string;
  readonly noted: (line: number, title: string) => string;
  readonly beginsWith: (line: number, quote: string) => string;
  readonly and: string;
  readonly whatItHolds: string;
  readonly whatItDoes: string;
  readonly whatItUses: string;
  readonly worthALook: string;
}

export type AnswerLanguage = 'en' | 'ja' | 'zh';

const ENGLISH: Phrases = {
  demoNote: '> **Demo endpoint.** No language model is behind this answer: rules made it from what you sent.',
  youWrote: quote => `You wrote: “${quote}”.`,
  turn: turn => `This is turn ${turn} of our conversation.`,
  before: quote => `Before this you wrote: “${quote}”.`,
  first: quote => `The first thing you wrote was: “${quote}”.`,
  nothingBefore: 'You have written nothing before this: it is the first message that I was sent.',
  system: (characters, quote) => `The system prompt has ${characters} characters and begins: “${quote}”.`,
  attached: what => `You sent along: ${what}.`,
  greeting: 'Hello! The connection works and your message has arrived.',
  tryThis:
    'You can ask for a table, a list of 5, code in Python, or 20 long paragraphs, or ask what you said first. Code that you send is explained.',
  about: topic => `About “${topic}”`,
  nothing: 'your message',
  wordLine: (word, times) => `**${word}** — stands in your message ${times === 1 ? 'once' : `${times} times`}`,
  item: (number, word) => `Point ${number}: what your message says about *${word}*`,
  tableTitle: 'The words as a table',
  tableHead: ['Word', 'Characters', 'Times'],
  codeTitle: 'As code',
  paragraph: (number, of, word) =>
    `Paragraph ${number} of ${of}. It is here so that there is something to read, to scroll and to stop. Your message speaks of “${word}”, and so does this paragraph: whoever presses Stop now keeps everything up to this word, and the connection is closed at that moment. Nothing that comes later is lost by anyone, for it has not been written yet.`,
  whatItIs: 'What this is',
  unknownLanguage: 'text in an unknown language',
  codeIs: (lines, language, where, isDiff) =>
    `This is ${isDiff ? 'a change of ' : ''}${lines} ${lines === 1 ? 'line' : 'lines'} of ${language}${where === '' ? '' : ` from ${where}`}.`,
  declares: (names, more) => `It declares ${names}${more > 0 ? ` and ${more} more` : ''}.`,
  onlyCalls: names => `It declares nothing of its own; it calls ${names}.`,
  onlyImports: names => `It imports ${names}.`,
  declaresNothing: 'It neither declares nor calls anything.',
  lines: (first, last) => (first === last ? `line ${first}` : `lines ${first}–${last}`),
  holds: (kind, name, members) => `**${name}** is a ${kind}${members === '' ? '' : ` with ${members}`}.`,
  imports: names => `Imports: ${names}.`,
  callsOutside: names => `Calls from outside: ${names}.`,
  noted: (line, title) => `Line ${line}: ${title}.`,
  beginsWith: (line, quote) => `It begins on line ${line} with ${quote}.`,
  and: ' and ',
  whatItHolds: 'What it holds',
  whatItDoes: 'Step by step',
  whatItUses: 'What it uses',
  worthALook: 'Worth a look',
};

const JAPANESE: Phrases = {
  demoNote: '> **デモ用エンドポイントです。** この回答は言語モデルではなく、送られた内容から規則だけで作られています。',
  youWrote: quote => `あなたのメッセージ:「${quote}」`,
  turn: turn => `この会話の${turn}回目のやり取りです。`,
  before: quote => `その前のメッセージは「${quote}」でした。`,
  first: quote => `最初のメッセージは「${quote}」でした。`,
  nothingBefore: 'これより前のメッセージはありません。これが最初に届いたメッセージです。',
  system: (characters, quote) => `システムプロンプトは${characters}文字で、「${quote}」で始まります。`,
  attached: what => `添付: ${what}`,
  greeting: 'こんにちは。接続は正常で、メッセージは届いています。',
  tryThis: '表、5個のリスト、Pythonのコード、長い文章(20段落)などを頼めます。送ったコードは説明します。',
  about: topic => `「${topic}」について`,
  nothing: 'メッセージ',
  wordLine: (word, times) => `**${word}** — メッセージに${times}回出てきます`,
  item: (number, word) => `その${number}: メッセージの中の*${word}*`,
  tableTitle: '言葉の表',
  tableHead: ['言葉', '文字数', '回数'],
  codeTitle: 'コード例',
  paragraph: (number, of, word) =>
    `${of}段落のうちの第${number}段落です。読み、スクロールし、途中で止めるための文章です。メッセージは「${word}」に触れているので、この段落も同じ言葉に触れます。ここで停止すると、この文字までの内容が残り、接続はその場で閉じられます。`,
  whatItIs: '概要',
  unknownLanguage: '種類の分からないテキスト',
  codeIs: (lines, language, where, isDiff) =>
    `${where === '' ? '' : `${where} の`}${language} ${lines} 行${isDiff ? 'の変更' : ''}です。`,
  declares: (names, more) => `${names}${more > 0 ? `ほか ${more} 件` : ''}を宣言しています。`,
  onlyCalls: names => `宣言はなく、${names} を呼んでいます。`,
  onlyImports: names => `${names} を読み込みます。`,
  declaresNothing: '宣言も呼び出しもありません。',
  lines: (first, last) => (first === last ? `${first} 行目` : `${first}–${last} 行目`),
  holds: (kind, name, members) =>
    `**${name}** は${members === '' ? '' : `${members} を持つ`}${kind === 'class' ? 'クラス' : '型'}です。`,
  imports: names => `読み込み: ${names}`,
  callsOutside: names => `外部の呼び出し: ${names}`,
  noted: (line, title) => `${line} 行目: ${title}`,
  beginsWith: (line, quote) => `${line} 行目の ${quote} から始まります。`,
  and: '、',
  whatItHolds: 'データの形',
  whatItDoes: '処理の流れ',
  whatItUses: '使っているもの',
  worthALook: '気になる点',
};

const CHINESE: Phrases = {
  demoNote: '> **演示端点。** 这个回答背后没有语言模型,只是按规则从你发送的内容生成的。',
  youWrote: quote => `你写道:“${quote}”。`,
  turn: turn => `这是我们对话的第${turn}轮。`,
  before: quote => `在此之前你写道:“${quote}”。`,
  first: quote => `你最先写的是:“${quote}”。`,
  nothingBefore: '在此之前没有消息,这是我收到的第一条。',
  system: (characters, quote) => `系统提示共${characters}个字符,开头是:“${quote}”。`,
  attached: what => `你附上了:${what}。`,
  greeting: '你好!连接正常,消息已收到。',
  tryThis: '你可以要一个表格、5项列表、Python代码,或者20段很长的文字。发送的代码会得到解释。',
  about: topic => `关于“${topic}”`,
  nothing: '你的消息',
  wordLine: (word, times) => `**${word}** — 在消息中出现${times}次`,
  item: (number, word) => `第${number}点:消息中的*${word}*`,
  tableTitle: '词语表',
  tableHead: ['词语', '字符数', '次数'],
  codeTitle: '代码示例',
  paragraph: (number, of, word) =>
    `这是${of}段中的第${number}段。写它是为了可以阅读、滚动和中途停止。你的消息提到“${word}”,这一段也提到它。现在按停止,到这里为止的内容会保留,连接会立即关闭。`,
  whatItIs: '这是什么',
  unknownLanguage: '未知语言的文本',
  codeIs: (lines, language, where, isDiff) =>
    `这是${where === '' ? '' : ` ${where} 中的`}${lines} 行 ${language}${isDiff ? ' 更改' : ''}。`,
  declares: (names, more) => `其中声明了 ${names}${more > 0 ? ` 等(另有 ${more} 个)` : ''}。`,
  onlyCalls: names => `没有声明,调用了 ${names}。`,
  onlyImports: names => `导入了 ${names}。`,
  declaresNothing: '没有声明,也没有调用。',
  lines: (first, last) => (first === last ? `第 ${first} 行` : `第 ${first}–${last} 行`),
  holds: (kind, name, members) =>
    `**${name}** 是${members === '' ? '' : `包含 ${members} 的`}${kind === 'class' ? '类' : '类型'}。`,
  imports: names => `导入:${names}`,
  callsOutside: names => `外部调用:${names}`,
  noted: (line, title) => `第 ${line} 行:${title}`,
  beginsWith: (line, quote) => `从第 ${line} 行的 ${quote} 开始。`,
  and: '、',
  whatItHolds: '数据结构',
  whatItDoes: '执行流程',
  whatItUses: '使用的内容',
  worthALook: '值得注意',
};

const PHRASES: Readonly<Record<AnswerLanguage, Phrases>> = { en: ENGLISH, ja: JAPANESE, zh: CHINESE };

/** Kana make it Japanese, Han without kana Chinese; a word or two within another language do not decide. */
export function languageOf(text: string): AnswerLanguage {
  const kana = text.match(/[\u3041-\u30ff]/g)?.length ?? 0;
  const han = text.match(/[\u4e00-\u9fff]/g)?.length ?? 0;
  const latinWords = text.match(/[A-Za-z]+/g)?.length ?? 0;
  if (kana + han <= latinWords) return 'en';
  return kana > 0 ? 'ja' : 'zh';
}

export function phrasesFor(text: string): Phrases {
  return PHRASES[languageOf(text)];
}
