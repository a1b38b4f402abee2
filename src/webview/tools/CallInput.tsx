import type { AnswerBlock } from '../../shared/conversation.ts';
import type { CallStart, RanCall } from '../../shared/ranCalls.ts';
import { argumentsText } from './argumentText.ts';
import { CallCommandView } from './CallCommandView.tsx';
import { CallDiffView, type HunkChoice } from './CallDiffView.tsx';
import { startText } from './callText.ts';
import { indentedJson } from './indentedJson.ts';
import { t } from '../ui/l10n.ts';

interface Props {
  block: AnswerBlock & { type: 'toolUse' };
  call: RanCall;
}

interface ContentProps extends Props {
  /** Which parts of its change are taken, where the user is asked. */
  choice?: HunkChoice;
  turnId?: string;
}

/** What a call does, or would do: its change, its command, or what the model has given to the tool. */
export function CallContent({ block, call, choice, turnId }: ContentProps) {
  const { diff, command, start } = call;
  if (diff) {
    const isMade = turnId !== undefined && call.state === 'done';
    const made = isMade && { made: { turnId, index: call.index } };
    return <CallDiffView diff={diff} {...(choice && { choice })} {...made} />;
  }
  if (command) return <CallCommandView call={call} command={command} />;
  return (
    <>
      {start && <CallStartView start={start} />}
      <CallInput block={block} call={call} />
    </>
  );
}

/** What the model has given to a tool, word for word. */
function CallInput({ block, call }: Props) {
  const part = `block ${call.index}`;
  return (
    <div class="excerpt">
      <pre data-find={part} tabindex={0} role="group" aria-label={t('Tool use: {0}', block.name)} dir="ltr">
        <code>{indentedJson(block.text)}</code>
      </pre>
    </div>
  );
}

/** What a call starts, word for word, and which file says so. */
export function CallStartView({ start }: { start: CallStart }) {
  const what = startText(start);
  return (
    <div class="call-start">
      <p>{what}</p>
      <div class="excerpt">
        <pre tabindex={0} role="group" aria-label={what} dir="ltr">
          <code>{argumentsText(start.words)}</code>
        </pre>
      </div>
      <p class="call-note">{t('As {0} says.', start.source)}</p>
      {start.importsMore && (
        <p class="call-note">
          {t('Its scripts import more files than are watched: you are not asked when others of them change.')}
        </p>
      )}
    </div>
  );
}
