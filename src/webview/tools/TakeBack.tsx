import { useSignal } from '@preact/signals';
import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';
import { t } from '../ui/l10n.ts';

interface Props {
  turnId: string;
  /** Of the call's block. */
  index: number;
  hunk: number;
  name: string;
}

/** Takes a part of a change that was made back, and says where that can't be. */
export function TakeBack({ turnId, index, hunk, name }: Props) {
  const { requests, announce } = useServices();
  const hasFailed = useSignal(false);
  const failed = t('Not taken back: the file says something else there by now, or an answer is running.');
  const takeBack = async (): Promise<void> => {
    const isBack = await requests.ask({ type: 'takeBackHunk', turnId, index, hunk }).catch(() => false);
    hasFailed.value = !isBack;
    announce(isBack ? t('{0}: taken back', name) : failed);
  };
  return (
    <>
      {hasFailed.value && <span class="call-hunk-failed">{failed}</span>}
      <Button isSecondary onClick={() => void takeBack()}>
        {t('Revert Hunk')}
      </Button>
    </>
  );
}
