import type { AnswerBlock, Source } from '../../shared/conversation.ts';
import { visible } from '../../shared/visible.ts';
import { t } from '../ui/l10n.ts';

/** What the texts of an answer go by, each once. Addresses are opened by the host, which checks them. */
export function SourceList({ blocks }: { blocks: readonly AnswerBlock[] }) {
  const sources = sourcesIn(blocks);
  if (sources.length === 0) return null;
  return (
    <section class="sources" aria-label={t('Sources')}>
      <p>{t('Sources')}</p>
      <ol dir="auto">
        {sources.map(({ title, url, quote }) => (
          <li key={url ?? title} title={[visible(quote ?? ''), url].filter(Boolean).join('\n\n')}>
            {url === undefined ? visible(title) : <a href={url}>{visible(title)}</a>}
          </li>
        ))}
      </ol>
    </section>
  );
}

function sourcesIn(blocks: readonly AnswerBlock[]): Source[] {
  const sources = new Map<string, Source>();
  for (const block of blocks) {
    if (block.type !== 'text') continue;
    for (const source of block.sources ?? []) {
      const name = source.url ?? source.title;
      if (!sources.has(name)) sources.set(name, source);
    }
  }
  return [...sources.values()];
}
