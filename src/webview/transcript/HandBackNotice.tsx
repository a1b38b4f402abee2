import { type AssistantTurn, isRunning } from '../../shared/conversation.ts';
import { wholeCalls } from '../../shared/toolCalls.ts';
import { isLastSaid } from './lastAnswer.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';

/** Where the tools of the last answer have stopped or paused: whether the model is to go on with what they brought. */
export function HandBackNotice({ turn }: { turn: AssistantTurn }) {
  const { store, post } = useServices();
  const turns = store.view.value?.conversation.turns ?? [];
  const isOver = turn.calls !== undefined && turn.calls.length > 0 && !isRunning(turn);
  if (!isOver || turns.some(isRunning) || !isLastSaid(turns, turn.id) || openCalls(turn) > 0) return null;
  const goOn = <Button onClick={() => post({ type: 'handBack', turnId: turn.id })}>{t('Go On')}</Button>;
  return <Notice severity="info" text={whyText(turn)} actions={goOn} />;
}

/** How many calls the user has still to answer by hand. */
function openCalls(turn: AssistantTurn): number {
  return wholeCalls(turn).length;
}

function whyText({ pause }: AssistantTurn): string {
  if (pause === 'rounds') return t('The model has used tools many times without a word from you. Shall it go on?');
  if (pause === 'budget') return t('A budget is used up. Shall the model go on with what its tools have found?');
  return t('The tools were stopped. The model does not know yet what came of them.');
}
