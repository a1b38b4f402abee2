import type { ToolResult } from '../../shared/conversation.ts';
import { t } from '../ui/l10n.ts';
import { Icon } from '../ui/Icon.tsx';
import { LongText } from '../blocks/LongText.tsx';
import { MediaList } from '../attachments/SentAttachments.tsx';

interface Props {
  turnId: string;
  /** See find/parts. */
  part: string;
  result: ToolResult;
}

/** What the user answered to a tool use. */
export function ToolResultView({ turnId, part, result }: Props) {
  const title = result.isError ? t('The tool failed') : t('Result of the tool');
  return (
    <div class="excerpt">
      <div class="excerpt-header">
        <Icon name={result.isError ? 'error' : 'output'} />
        <span class="tool-name">{title}</span>
      </div>
      <LongText turnId={turnId} part={part} text={result.text === '' ? t('(nothing)') : result.text}>
        {shown => (
          <pre data-find={part} tabindex={0} role="group" aria-label={title} dir="auto">
            <code>{shown}</code>
          </pre>
        )}
      </LongText>
      {result.images && <MediaList attachments={result.images} />}
    </div>
  );
}
