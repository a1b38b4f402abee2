import { checkFailureText } from '../../shared/checkText.ts';
import type { AssistantTurn } from '../../shared/conversation.ts';
import type { KeptBack } from '../../shared/moderation.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { isLastSaid } from './lastAnswer.ts';

/** Stands in front of an answer that the user's own check has kept back: why, and the ways on. */
export function CheckNotice({ turn, kept }: { turn: AssistantTurn; kept: KeptBack }) {
  const { store, post, disclosures } = useServices();
  const isShown = disclosures.of(turn.id, 'keptBack');
  const isLast = isLastSaid(store.view.value?.conversation.turns ?? [], turn.id);
  const isBlocked = kept.state === 'blocked';
  const actions = (
    <>
      <Button isSecondary onClick={() => (isShown.value = isShown.value !== true)}>
        {isShown.value === true ? t('Hide Answer') : t('Show Answer')}
      </Button>
      {isLast && (
        <>
          <Button isSecondary onClick={() => post({ type: 'checkAgain', turnId: turn.id })}>
            {t('Check Again')}
          </Button>
          <Button isSecondary onClick={() => post({ type: 'command', command: 'marginalia.setUpCheck' })}>
            {t('Check’s Settings')}
          </Button>
        </>
      )}
    </>
  );
  return (
    <Notice
      severity="warning"
      title={
        isBlocked ? t('Your check has blocked this answer') : t('Your check has brought no verdict on this answer')
      }
      text={
        isBlocked
          ? t('“{0}” has said so. No tool of it has run, and this turn is not sent again.', kept.by)
          : `${checkFailureText(kept.failure, kept.by, t)} ${t('No tool of the answer has run.')}`
      }
      detail={isBlocked ? kept.reason : kept.detail}
      actions={actions}
    />
  );
}
