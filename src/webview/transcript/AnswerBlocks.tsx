import { useContext, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { AnswerBlock, AssistantTurn } from '../../shared/conversation.ts';
import { reportToolName } from '../../shared/finding.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { FollowContext } from './followContext.ts';
import { heldElements } from './held.ts';
import { isShownAtFirst, type Portion, portionName, portionsOf } from './portions.ts';
import { slotsOf } from './range.ts';
import type { RanCall } from '../../shared/ranCalls.ts';
import { BlockMarkdown } from './BlockMarkdown.tsx';
import { CallView } from '../tools/CallView.tsx';
import { FindingsProgress } from '../findings/FindingsProgress.tsx';
import { Icon } from '../ui/Icon.tsx';
import { ThinkingView } from './ThinkingView.tsx';
import { ToolUseView } from '../tools/ToolUseView.tsx';

/** The content blocks of an answer. Of very many those at its start and at its end; between them the reader asks for more. */
export function AnswerBlocks({ turn }: { turn: AssistantTurn }) {
  const { disclosures } = useServices();
  const follow = useContext(FollowContext);
  const drawn = useRef<ReadonlySet<string>>(new Set());
  const asked = useRef<string>(undefined);
  const portions = portionsOf(turn.blocks);
  // What comes at the end takes nothing away from under the eyes of who has scrolled up, nor from under the keyboard.
  const isBeingRead = follow?.peek()?.isFollowing.peek() === false;
  const held = heldElements().map(element => element.closest<HTMLElement>('[data-portion]')?.dataset['portion']);
  const isShown = (index: number): boolean => {
    const portion = portions[index];
    if (!portion) return false;
    const id = portionId(turn, portion);
    return (
      disclosures.of(turn.id, portionName(portion)).value === true ||
      isShownAtFirst(index, portions.length) ||
      held.includes(id) ||
      (isBeingRead && drawn.current.has(id))
    );
  };
  const slots = slotsOf(
    portions.map(({ first, end }) => end - first),
    isShown,
  );
  drawn.current = new Set(portions.filter((_, index) => isShown(index)).map(portion => portionId(turn, portion)));
  return (
    <>
      {slots.map(slot => {
        const portion = portions[slot.kind === 'gap' ? slot.first : slot.index];
        if (!portion) return undefined;
        if (slot.kind === 'shown')
          return <PortionView key={portion.first} turn={turn} portion={portion} asked={asked} />;
        const show = (): void => {
          asked.current = portionId(turn, portion);
          disclosures.of(turn.id, portionName(portion)).value = true;
        };
        return (
          <button key={`after ${slot.last}`} type="button" class="text-button" aria-expanded={false} onClick={show}>
            <Icon name="unfold" />
            {t('Show more of this answer ({0} of its parts are not shown)', slot.size)}
          </button>
        );
      })}
    </>
  );
}

interface PortionProps {
  turn: AssistantTurn;
  portion: Portion;
  /** The portion that the reader has just asked for: the keyboard goes on from there. */
  asked: { current: string | undefined };
}

/** Renders again only for new versions of its own blocks: an answer of many would be rendered as many times. */
function PortionView({ turn, portion, asked }: PortionProps) {
  const element = useRef<HTMLDivElement>(null);
  const id = portionId(turn, portion);
  useLayoutEffect(() => {
    const portion = element.current;
    if (asked.current !== id || !portion) return;
    asked.current = undefined;
    // For this once: a click into its text must not take the focus.
    portion.tabIndex = -1;
    portion.addEventListener('blur', () => portion.removeAttribute('tabindex'), { once: true });
    portion.focus({ preventScroll: true });
  }, []);
  const blocks = turn.blocks.slice(portion.first, portion.end);
  const { phase } = turn.state;
  const growing = phase === 'streaming' || phase === 'elsewhere' ? turn.blocks.length - 1 : -1;
  const hasFindings = turn.findings !== undefined;
  const calls = (turn.calls ?? []).filter(({ index }) => index >= portion.first && index < portion.end);
  const growsHere = growing >= portion.first && growing < portion.end;
  return useMemo(
    () => (
      <div class="portion" data-portion={id} ref={element}>
        {blocks.map((block, at) => {
          const index = portion.first + at;
          const props = { turnId: turn.id, index, isGrowing: index === growing };
          const call = calls.find(ran => ran.index === index);
          return <Block key={index} {...props} block={block} call={call} phase={phase} hasFindings={hasFindings} />;
        })}
      </div>
    ),
    [...blocks, ...calls, id, phase, growsHere, hasFindings],
  );
}

function portionId({ id }: AssistantTurn, { first }: Portion): string {
  return `${id} ${first}`;
}

interface BlockProps {
  turnId: string;
  index: number;
  isGrowing: boolean;
  block: AnswerBlock;
  /** Of a tool use that is taken care of here. */
  call: RanCall | undefined;
  phase: AssistantTurn['state']['phase'];
  hasFindings: boolean;
}

function Block({ block, call, phase, hasFindings, ...place }: BlockProps) {
  switch (block.type) {
    case 'text':
      return <BlockMarkdown {...place} block={block} />;
    case 'thinking':
    case 'redactedThinking':
      return <ThinkingView {...place} block={block} />;
    case 'toolUse':
      if (call) return <CallView turnId={place.turnId} block={block} call={call} />;
      if (block.name !== reportToolName) return <ToolUseView {...place} block={block} />;
      // Once the findings are there, their list says it all.
      return hasFindings ? null : <FindingsProgress turnId={place.turnId} index={place.index} phase={phase} />;
  }
}
