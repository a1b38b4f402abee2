import type { ToolResult } from '../../shared/conversation.ts';
import { t } from '../l10n.ts';
import { Icon } from './Icon.tsx';
import { MediaList } from './SentAttachments.tsx';

/** What the user answered to a tool use. */
export function ToolResultView({ result }: { result: ToolResult }) {
  const title = result.isError ? t('The tool failed') : t('Result of the tool');
  return (
    <div class="excerpt">
      <div class="excerpt-header">
        <Icon name={result.isError ? 'error' : 'output'} />
        <span class="tool-name">{title}</span>
      </div>
      <pre data-find={`result ${result.toolUseId}`} tabindex={0} role="group" aria-label={title} dir="auto">
        <code>{result.text === '' ? t('(nothing)') : result.text}</code>
      </pre>
      {result.images && <MediaList attachments={result.images} />}
    </div>
  );
}
