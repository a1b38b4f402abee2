import { irregular } from '../random.ts';
import { codeSample } from './code-sample.ts';
import type { Conversation } from './conversation.ts';
import type { Phrases } from './phrases.ts';
import { languageOf, phrasesFor } from './phrases.ts';
import { shortened } from './wording.ts';

const DEFAULT_PARAGRAPHS = 12;
const MOST_PARAGRAPHS = 400;

/** An answer that is about the question's own words, and shows that the conversation has arrived. */
export function chat(conversation: Conversation): string {
  const { question } = conversation;
  const phrases = phrasesFor(question);
  const words = wordsOf(question);
  const facts = conversationFacts(conversation, phrases);
  const quote = [phrases.youWrote(shortened(question, 160))];
  const end = opening(conversation, phrases);
  if (isGreeting(question)) return [phrases.greeting, ...quote, ...facts, ...end].join('\n\n');
  const memories = [
    ...(asksForFirst(question) ? [recalled(conversation.earlier.at(0), phrases.first, phrases)] : []),
    ...(asksForBefore(question) ? [recalled(conversation.earlier.at(-1), phrases.before, phrases)] : []),
  ];
  if (memories.length > 0) return [...memories, ...facts, ...end].join('\n\n');
  return [
    ...quote,
    ...facts,
    `## ${phrases.about(words[0]?.text ?? phrases.nothing)}`,
    ...body(question, words, phrases),
    ...end,
  ].join('\n\n');
}

function body(question: string, words: readonly Word[], phrases: Phrases): readonly string[] {
  if (/\blong\b|長い|长/i.test(question)) return paragraphs(question, words, phrases);
  const chance = irregular(question)();
  const items = itemsWanted(question);
  const wantsTable = /\btables?\b|\bcompare|\bversus\b|\bvs\b|表/i.test(question);
  const wantsCode = /\bcode\b|\bfunction\b|\bsnippet\b|\bprogram\b|\bscript\b|コード|関数|代码|函数/i.test(question);
  return [
    list(items, words, phrases),
    ...(wantsTable || chance < 0.3 ? [`### ${phrases.tableTitle}`, table(words, phrases)] : []),
    ...(wantsCode || chance > 0.8 ? [`### ${phrases.codeTitle}`, codeSample(question, words[0]?.text)] : []),
  ];
}

/** "List 5 …", "3 ways", 「5個」. A number that counts nothing asks for nothing. */
function itemsWanted(question: string): number {
  const match =
    /\blist\s+(?:of\s+)?(\d{1,2})\b|\b(\d{1,2})\s+(?:\w+\s+)?(?:items|points|ways|things|ideas|tips|reasons|steps)\b|(\d{1,2})\s*(?:個|つ|项|个|点)/i.exec(
      question,
    );
  return Number(match?.[1] ?? match?.[2] ?? match?.[3] ?? 0);
}

/** What came along with the question, as a list; nothing where nothing did. */
export function conversationFacts(
  conversation: Conversation,
  phrases = phrasesFor(conversation.question),
): readonly string[] {
  const { earlier, answersBefore, attachments, system, question } = conversation;
  const before = earlier.at(-1);
  const told = asksForBefore(question);
  const facts = [
    ...(answersBefore > 0 ? [phrases.turn(answersBefore + 1)] : []),
    ...(before !== undefined && !told ? [phrases.before(shortened(before, 120))] : []),
    ...(system === '' ? [] : [phrases.system(system.length, shortened(system, 60))]),
    ...(attachments.length === 0 ? [] : [phrases.attached(attachments.join(', '))]),
  ];
  return facts.length === 0 ? [] : [facts.map(fact => `- ${fact}`).join('\n')];
}

function opening(conversation: Conversation, phrases: Phrases): readonly string[] {
  return conversation.answersBefore === 0 ? [phrases.tryThis] : [];
}

function recalled(said: string | undefined, phrase: (quote: string) => string, phrases: Phrases): string {
  return said === undefined ? phrases.nothingBefore : phrase(shortened(said, 500));
}

function asksForFirst(question: string): boolean {
  return (
    (/\b(?:first|at the beginning)\b/i.test(question) &&
      /\b(?:say|said|ask|asked|write|wrote|message)\b/i.test(question)) ||
    /最初.*(?:言|聞|書|質問|メッセージ)|(?:最先|第一|最初|一开始).*(?:说|问|写)/.test(question)
  );
}

function asksForBefore(question: string): boolean {
  return (
    (/\b(?:before|previous|previously|last|earlier|just)\b/i.test(question) &&
      /\b(?:I|my)\b/.test(question) &&
      /\b(?:say|said|ask|asked|write|wrote|message|question)\b/i.test(question)) ||
    /(?:前|さっき).*(?:言|聞|書|質問)|(?:之前|刚才|上一).*(?:说|问|写|消息)/.test(question)
  );
}

function isGreeting(question: string): boolean {
  return /^\s*(?:hello|hi|hey|good (?:morning|day|evening)|こんにちは|こんばんは|おはよう|你好|您好)[\s\S]{0,24}$/i.test(
    question,
  );
}

export interface Word {
  readonly text: string;
  readonly times: number;
}

const STOP_WORDS = new Set(
  'the and for are but not you all any can had her was one our out has have him his how its may new now old see two who did get let say she too use what when where which while with this that these those from they them then than there their about would could should please into does your will just make made give show tell want like some more most much many very also been being were because write'.split(
    ' ',
  ),
);

/** Words that say what form the answer is to have, not what it is about. */
const FORM_WORDS =
  /^(?:table|list|code|function|snippet|program|script|paragraphs?|long|compare|points|python|typescript|javascript|java|rust|bash|sql|html|json|表|コード|関数|段落|代码|函数)$/i;

/** The words that carry the question: the longer and rarer ones first, in any language that can be segmented. */
function wordsOf(question: string): readonly Word[] {
  const segmenter = new Intl.Segmenter(languageOf(question), { granularity: 'word' });
  const counts = new Map<string, number>();
  for (const { segment, isWordLike } of segmenter.segment(question)) {
    const isWord = isWordLike === true && !STOP_WORDS.has(segment.toLowerCase());
    const isLong = segment.length > 2 || /[\u4e00-\u9fff\u30a0-\u30ff]{2}/.test(segment);
    if (isWord && isLong && !/^\d+$/.test(segment)) counts.set(segment, (counts.get(segment) ?? 0) + 1);
  }
  const words = [...counts].map(([text, times]) => ({ text, times }));
  const topical = words.filter(word => !FORM_WORDS.test(word.text));
  return (topical.length > 0 ? topical : words)
    .sort((a, b) => b.times - a.times || b.text.length - a.text.length)
    .slice(0, 8);
}

function list(items: number, words: readonly Word[], phrases: Phrases): string {
  if (items === 0) {
    const found = words.slice(0, 4).map(word => `- ${phrases.wordLine(word.text, word.times)}`);
    return found.length === 0 ? `- ${phrases.nothing}` : found.join('\n');
  }
  return Array.from({ length: items }, (_, at) => {
    const word = words[at % Math.max(1, words.length)]?.text ?? phrases.nothing;
    return `${at + 1}. ${phrases.item(at + 1, word)}`;
  }).join('\n');
}

function table(words: readonly Word[], phrases: Phrases): string {
  const rows = words.map(({ text, times }) => `| ${text} | ${Array.from(text).length} | ${times} |`);
  return [`| ${phrases.tableHead.join(' | ')} |`, '|---|---:|---:|', ...rows].join('\n');
}

function paragraphs(question: string, words: readonly Word[], phrases: Phrases): readonly string[] {
  const wanted = Number(/(\d{1,3})\s*(?:long\s+)?(?:paragraphs?|段)/i.exec(question)?.[1] ?? DEFAULT_PARAGRAPHS);
  const count = Math.min(Math.max(wanted, 1), MOST_PARAGRAPHS);
  return Array.from({ length: count }, (_, at) => {
    const word = words[at % Math.max(1, words.length)]?.text ?? phrases.nothing;
    return phrases.paragraph(at + 1, count, word);
  });
}
