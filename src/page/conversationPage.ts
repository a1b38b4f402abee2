import { setImmediate as nextTurn } from 'node:timers/promises';
import { type CarriedConversation, type CarriedTurn, shownTurns } from '../core/carry/carried.ts';
import { contentPolicy } from '../shared/contentPolicy.ts';
import { pageStyle } from './pageStyle.ts';
import { escapeText, htmlOf } from './stringDom.ts';
import { type PageOptions, TurnArticle } from './turnArticle.ts';

/** Milliseconds of work after which others get their turn. */
const longestWorkMs = 30;

/**
 * The branch of a conversation that is shown, as one HTML file: without scripts, without anything that is loaded, for
 * the screen in light and dark and for print.
 */
export async function conversationPage(conversation: CarriedConversation, options: PageOptions): Promise<string> {
  const turns = shownTurns(conversation);
  const article = new TurnArticle(options);
  const articles: string[] = [];
  let since = performance.now();
  for (const { record } of turns) {
    // Nobody has said it; what it hands back stands with the calls.
    if (record.role === 'user' && record.handsBack) continue;
    articles.push(htmlOf(article.render(record)));
    if (performance.now() - since < longestWorkMs) continue;
    await nextTurn();
    since = performance.now();
  }
  const { t, language } = options;
  const title = escapeText(conversation.title || t('Untitled'));
  const others = conversation.turns.length - turns.length;
  const footer = others === 0 ? '' : t('Other versions of these messages are not shown: {0}', others);
  return `<!doctype html>
<html lang="${attribute(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${pageStyle}</style>
</head>
<body>
<header>
<h1 dir="auto">${title}</h1>
<p class="about">${escapeText(aboutLine(turns, language))}</p>
</header>
<main>
${articles.join('\n')}
</main>
<footer>${escapeText(footer)}</footer>
</body>
</html>
`;
}

/** Nothing is loaded and nothing runs; the one style sheet is known by its hash. */
const policy = contentPolicy(
  `style-src 'sha256-${process.getBuiltinModule('node:crypto').createHash('sha256').update(pageStyle).digest('base64')}'`,
  'img-src data:',
);

function aboutLine(turns: readonly CarriedTurn[], language: string): string {
  const models = turns.flatMap(({ record }) => (record.role === 'assistant' && record.model ? [record.model] : []));
  const started = new Date(turns[0]?.record.createdAt ?? NaN);
  const time = Number.isNaN(started.getTime())
    ? []
    : [new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(started)];
  return [...time, ...new Set(models)].join(' · ');
}

function attribute(text: string): string {
  return escapeText(text).replaceAll('"', '&quot;');
}
