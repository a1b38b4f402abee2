import { useRef } from 'preact/hooks';
import type { AnswerBlock } from '../../shared/conversation.ts';
import type { RanCall } from '../../shared/ranCalls.ts';
import { callName, callOutcome, stateText } from './callText.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { CallCard } from './CallCard.tsx';
import { HiddenNote } from '../attachments/HiddenNote.tsx';
import { hiddenWords } from '../attachments/hiddenWords.ts';
import { CallImages } from './CallImages.tsx';
import { CallContent } from './CallInput.tsx';
import { CallOutput } from './CallOutput.tsx';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { shownResult } from './shownResult.ts';
import { LongText } from '../blocks/LongText.tsx';
import { visibleText } from './visibleText.ts';

interface Props {
  turnId: string;
  block: AnswerBlock & { type: 'toolUse' };
  call: RanCall;
}

const icons: Record<RanCall['state'], string> = {
  requested: 'circle-outline',
  awaiting: 'question',
  running: 'loading',
  done: 'check',
  denied: 'circle-slash',
  failed: 'error',
};

/** A tool use that is taken care of here: a line that opens, and where the user is asked, the card that does it. */
export function CallView({ turnId, block, call }: Props) {
  const { disclosures, post } = useServices();
  const line = useRef<HTMLButtonElement>(null);
  const isOpen = disclosures.of(turnId, `call ${call.index}`);
  const outcome = callOutcome(call);
  const hidden = call.result ? hiddenWords(shownResult(call.result).hidden) : '';
  const stop = (): void => {
    post({ type: 'stopCall', turnId, index: call.index });
    line.current?.focus();
  };
  return (
    <div class={`call ${call.state}`}>
      <div class="call-line">
        <button
          type="button"
          class="disclosure"
          ref={line}
          aria-expanded={isOpen.value === true}
          onClick={() => (isOpen.value = !isOpen.value)}
        >
          <Icon name={icons[call.state]} class={call.state === 'running' ? 'codicon-modifier-spin' : ''} />
          <span class="visually-hidden">{stateText(call.state)}</span>
          <span class="call-name" title={visibleText(call.line.subject)}>
            {callName(call.line)}
          </span>
          {hidden !== '' && <span class="codicon codicon-warning" role="img" title={hidden} aria-label={hidden} />}
          {outcome !== '' && <span class="call-outcome">{outcome}</span>}
        </button>
        {call.state === 'running' && (
          <IconButton icon="stop-circle" label={t('Stop {0}', callName(call.line))} onClick={stop} />
        )}
      </div>
      {call.state === 'awaiting' && (
        <CallCard turnId={turnId} block={block} call={call} leave={() => line.current?.focus()} />
      )}
      {isOpen.value && <CallDetail turnId={turnId} block={block} call={call} />}
    </div>
  );
}

function CallDetail({ turnId, block, call }: Props) {
  const { result, output } = call;
  const part = `call ${call.index} result`;
  const shownText = result ? shownResult(result) : undefined;
  return (
    <>
      {call.state !== 'awaiting' && <CallContent block={block} call={call} turnId={turnId} />}
      {output !== undefined && <CallOutput output={output} />}
      {shownText && (
        <div class="excerpt">
          <LongText turnId={turnId} part={part} text={shownText.text === '' ? t('(nothing)') : shownText.text}>
            {shown => (
              <pre data-find={part} tabindex={0} role="group" aria-label={t('Result of the tool')} dir="auto">
                <code>{shown}</code>
              </pre>
            )}
          </LongText>
          <HiddenNote parts={shownText.hidden} />
          {result?.images && <CallImages images={result.images} />}
        </div>
      )}
    </>
  );
}
