import { type AssistantTurn, canContinue } from '../../shared/conversation.ts';
import type { Problem, ProblemKind } from '../../shared/problem.ts';
import { problemText, type ProblemAction } from '../../shared/problemText.ts';
import type { ViewMessage } from '../../shared/protocol/viewMessage.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';
import { isLastSaid } from './lastAnswer.ts';
import { EditMessage } from './EditMessage.tsx';
import { Notice, PastNotice } from '../ui/Notice.tsx';
import { RoomOffers } from '../size/RoomOffers.tsx';

/** Why an answer failed or was cut, in words, with the ways on. */
export function ProblemNotice({ problem, turn }: { problem: Problem; turn: AssistantTurn }) {
  const { store, post } = useServices();
  const { title, advice, actions } = problemText(problem, t);
  const said = {
    title: problem.status === undefined ? title : `${title} (${problem.status})`,
    text: advice,
    detail: inTitle.has(problem.kind) ? '' : problem.detail,
    requestId: problem.requestId,
  };
  // Of those before, all that could be done is done: the later answers were given to them as they are.
  if (!isLastSaid(store.view.value?.conversation.turns ?? [], turn.id))
    return <PastNotice severity="error" {...said} />;
  const ways = canContinue(turn) ? ['continue' as const, ...actions] : actions;
  const makesRoom = ways.includes('makeRoom');
  const buttons = ways
    .filter(action => action !== 'makeRoom')
    // With that, it stands among the ways to make room.
    .filter(action => !makesRoom || action !== 'tryAgain')
    .map((action, index) => {
      const isSecondary = makesRoom || index > 0;
      if (action === 'editMessage') return <EditMessage key={action} turn={turn} isSecondary={isSecondary} />;
      const { label, message } = actionButton(action, turn.id, problem);
      return (
        <Button key={action} isSecondary={isSecondary} onClick={() => post(message)}>
          {label}
        </Button>
      );
    });
  return (
    <Notice
      severity="error"
      {...said}
      isDetailHidden={systemsWords.has(problem.kind)}
      actions={makesRoom ? undefined : buttons}
    >
      {makesRoom && (
        <section aria-label={t('Make Room')}>
          <RoomOffers retryTurnId={turn.id}>{buttons}</RoomOffers>
        </section>
      )}
    </Notice>
  );
}

/** Of these the title, or the advice, says what the detail is. */
const inTitle: ReadonlySet<ProblemKind> = new Set(['noKey', 'otherProtocol']);

/** The detail of these is what a library or the system says, such as “other side closed”. */
const systemsWords: ReadonlySet<ProblemKind> = new Set(['connectionLost', 'unreachable', 'timeout', 'internal']);

function actionButton(
  action: Exclude<ProblemAction, 'makeRoom' | 'editMessage'>,
  turnId: string,
  problem: Problem,
): { label: string; message: ViewMessage } {
  switch (action) {
    case 'tryAgain':
      return { label: t('Try Again'), message: { type: 'retry', turnId } };
    case 'retryWithout':
      return { label: t('Retry Without {0}', problem.field ?? ''), message: { type: 'retryWithout', turnId } };
    case 'retryWithoutRefused': {
      const [only, ...more] = problem.refused ?? [];
      return {
        label: only && more.length === 0 ? t('Retry Without {0}', only.name) : t('Retry Without Attachments'),
        message: { type: 'retryWithoutRefused', turnId },
      };
    }
    case 'useLarger':
      return { label: t('Larger Model…'), message: { type: 'retryWithLarger', turnId } };
    case 'useOtherKeyHeader':
      return {
        label: problem.otherKeyHeader === 'authorization' ? t('Try It as Bearer Token') : t('Try It as x-api-key'),
        message: { type: 'retryWithOtherKeyHeader', turnId },
      };
    case 'useSuccessor':
      return {
        label: t('Use {0}', problem.modelEnd?.successor ?? ''),
        message: { type: 'retryWithSuccessor', turnId },
      };
    case 'continue':
      return { label: t('Continue'), message: { type: 'continue', turnId } };
    case 'setApiKey':
      return { label: t('Set API Key'), message: { type: 'command', command: 'marginalia.setApiKey' } };
    case 'chooseModel':
      return { label: t('Choose Model'), message: { type: 'command', command: 'marginalia.chooseModel' } };
    case 'setUpCheck':
      return { label: t('Check’s Settings'), message: { type: 'command', command: 'marginalia.setUpCheck' } };
    case 'openSettings':
      return { label: t('Open Settings'), message: { type: 'command', command: 'marginalia.openSettings' } };
    case 'useOtherNetwork':
      return problem.suggestsTransport === 'vscode'
        ? {
            label: t('Use the Editor’s Network'),
            message: { type: 'command', command: 'marginalia.useEditorNetwork' },
          }
        : { label: t('Use Marginalia’s Network'), message: { type: 'command', command: 'marginalia.useOwnNetwork' } };
    case 'showLog':
      return { label: t('Show Log'), message: { type: 'command', command: 'marginalia.showLog' } };
  }
}
