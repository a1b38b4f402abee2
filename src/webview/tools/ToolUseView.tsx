import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { AnswerBlock } from '../../shared/conversation.ts';
import { FrameFlush } from '../ui/frames.ts';
import { indentedJson } from './indentedJson.ts';
import { t } from '../ui/l10n.ts';
import { nextFrame } from '../ui/nextFrame.ts';
import { useServices } from '../services.ts';
import { beginningOf, mostShown, restName } from '../blocks/longText.ts';
import { Icon } from '../ui/Icon.tsx';
import { RestButton } from '../blocks/LongText.tsx';

interface Props {
  turnId: string;
  index: number;
  block: AnswerBlock & { type: 'toolUse' };
  isGrowing: boolean;
}

/** A tool that the model asks for, with the input it gives: as it arrives, and indented once it is complete. */
export function ToolUseView({ turnId, index, block, isGrowing }: Props) {
  const { store, disclosures } = useServices();
  const code = useRef<HTMLElement>(null);
  const part = `block ${index}`;
  const isAll = disclosures.of(turnId, restName(part)).value === true;
  const isLong = useSignal(false);
  useLayoutEffect(() => {
    const text = store.textOf(turnId, index);
    const whole = isGrowing ? text : indentedJson(text);
    code.current?.replaceChildren(isAll ? whole : beginningOf(whole));
    isLong.value = whole.length > mostShown;
    let { length } = whole;
    let pending = '';
    const frames = new FrameFlush(() => {
      code.current?.append(pending);
      pending = '';
    }, nextFrame);
    const stop = store.onText(turnId, index, added => {
      length += added.length;
      isLong.value = length > mostShown;
      if (isLong.value && !isAll) return;
      pending += added;
      frames.schedule();
    });
    return () => {
      stop();
      frames.dispose();
    };
  }, [turnId, index, block, isGrowing, isAll]);
  const title = t('Tool use: {0}', block.name);
  return (
    <div class="excerpt tool-use">
      <div class="excerpt-header">
        <Icon name="tools" />
        <span class="tool-name">{title}</span>
      </div>
      <pre data-find={part} tabindex={0} role="group" aria-label={title} dir="ltr">
        <code ref={code} />
      </pre>
      {isLong.value && <RestButton turnId={turnId} part={part} />}
    </div>
  );
}
