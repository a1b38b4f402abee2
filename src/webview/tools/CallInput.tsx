import type { AnswerBlock } from '../../shared/conversation.ts';
import type { CallDiff, RanCall } from '../../shared/ranCalls.ts';
import { indentedJson } from './indentedJson.ts';
import { t } from '../ui/l10n.ts';

/** What the model has given to a tool, word for word. */
export function CallInput({ block, call }: { block: AnswerBlock & { type: 'toolUse' }; call: RanCall }) {
  const part = `block ${call.index}`;
  return (
    <div class="excerpt">
      <pre data-find={part} tabindex={0} role="group" aria-label={t('Tool use: {0}', block.name)} dir="ltr">
        <code>{indentedJson(block.text)}</code>
      </pre>
    </div>
  );
}

const signs = { same: ' ', removed: '-', added: '+' };

/** The change that a call makes, or would make. */
export function CallDiffView({ diff }: { diff: CallDiff }) {
  return (
    <div class="excerpt">
      <pre tabindex={0} role="group" aria-label={t('Change of {0}', diff.path)} dir="ltr">
        <code data-language="diff">
          {diff.lines.map(({ kind, text }, index) => (
            <span key={index} class={`diff-line ${kind}`}>
              {`${signs[kind]}${text}\n`}
            </span>
          ))}
        </code>
      </pre>
      {diff.unshown > 0 && <p class="call-note">{t('{0} more lines are not shown.', diff.unshown)}</p>}
    </div>
  );
}
