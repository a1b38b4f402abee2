import { useLayoutEffect, useRef } from 'preact/hooks';
import type { AnswerBlock } from '../../shared/conversation.ts';
import { FrameFlush } from '../frames.ts';
import { indentedJson } from '../indentedJson.ts';
import { t } from '../l10n.ts';
import { nextFrame } from '../nextFrame.ts';
import { useServices } from '../services.ts';
import { Icon } from './Icon.tsx';

interface Props {
  turnId: string;
  index: number;
  block: AnswerBlock & { type: 'toolUse' };
  isGrowing: boolean;
}

/** A tool that the model asks for, with the input it gives: as it arrives, and indented once it is complete. */
export function ToolUseView({ turnId, index, block, isGrowing }: Props) {
  const { store } = useServices();
  const code = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const show = (): void => {
      const text = store.textOf(turnId, index);
      if (code.current) code.current.textContent = isGrowing ? text : indentedJson(text);
    };
    const frames = new FrameFlush(show, nextFrame);
    show();
    const stop = store.onText(turnId, index, () => frames.schedule());
    return () => {
      stop();
      frames.dispose();
    };
  }, [turnId, index, isGrowing]);
  const title = t('Tool use: {0}', block.name);
  return (
    <div class="excerpt tool-use">
      <div class="excerpt-header">
        <Icon name="tools" />
        <span class="tool-name">{title}</span>
      </div>
      <pre data-find={`block ${index}`} tabindex={0} role="group" aria-label={title} dir="ltr">
        <code ref={code} />
      </pre>
    </div>
  );
}
