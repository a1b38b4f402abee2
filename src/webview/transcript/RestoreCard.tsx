import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { UserTurn } from '../../shared/conversation.ts';
import type { RestoreAction, RestoreFile, RestorePlan, Unseen } from '../../shared/restore.ts';
import { listText } from '../../shared/listText.ts';
import { language } from '../ui/language.ts';
import { formatCount } from '../ui/numberText.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';

/** Asks whether to go back to before the turn, with all that this would do. What others have changed is left alone unless it is ticked. */
export function RestoreCard({ turn }: { turn: UserTurn }) {
  const { store } = useServices();
  return store.restoring.value === turn.id ? <OpenCard turnId={turn.id} /> : null;
}

/** Brings the turn that is asked about into the view, wherever the reader is. */
export function useRestoreInView(): void {
  const { store, revealTurn } = useServices();
  const turnId = store.restoring.value;
  useEffect(() => {
    if (turnId !== undefined) revealTurn(turnId);
  }, [turnId]);
}

function OpenCard({ turnId }: { turnId: string }) {
  const { store, post, requests, composition, announce } = useServices();
  const card = useRef<HTMLElement>(null);
  const plan = useSignal<RestorePlan | undefined>(undefined);
  const isFailed = useSignal(false);
  const chosen = useSignal<ReadonlySet<string>>(new Set());
  const question = t('Go back to before this message?');
  useLayoutEffect(() => {
    card.current?.focus();
    announce(question);
    requests.ask({ type: 'planRestore', turnId }).then(
      found => {
        plan.value = found;
        chosen.value = new Set(found.files.filter(({ isChanged }) => !isChanged).map(({ address }) => address));
      },
      () => (isFailed.value = true),
    );
  }, []);
  const close = (): void => {
    store.restoring.value = undefined;
    document.getElementById('composer')?.focus();
  };
  const restore = (isWithConversation: boolean): void => {
    const files = (plan.value?.files ?? []).filter(({ address }) => chosen.value.has(address));
    post({
      type: 'restore',
      turnId,
      files: files.map(({ address, now }) => ({ address, now })),
      isWithConversation,
    });
    close();
  };
  const toggle = (address: string): void => {
    const now = new Set(chosen.value);
    if (!now.delete(address)) now.add(address);
    chosen.value = now;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || composition.owns(event)) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  const { files = [] } = plan.value ?? {};
  return (
    <section
      class="asking-card restore-card"
      role="alertdialog"
      aria-label={question}
      tabIndex={-1}
      ref={card}
      onKeyDown={onKeyDown}
    >
      <h3>{question}</h3>
      {plan.value && <Plan plan={plan.value} chosen={chosen.value} toggle={toggle} />}
      {isFailed.value && <p>{t('What was kept of the files cannot be read at the moment.')}</p>}
      <div class="button-row">
        {plan.value && (
          <Button onClick={() => restore(true)}>
            {files.length > 0 ? t('Files and Conversation') : t('Conversation Only')}
          </Button>
        )}
        {files.length > 0 && (
          <Button isSecondary onClick={() => restore(false)}>
            {t('Files Only')}
          </Button>
        )}
        <Button isSecondary onClick={close}>
          {t('Cancel')}
        </Button>
      </div>
    </section>
  );
}

interface PlanProps {
  plan: RestorePlan;
  chosen: ReadonlySet<string>;
  toggle: (address: string) => void;
}

function Plan({ plan, chosen, toggle }: PlanProps) {
  const { files, lost, elsewhere, unseen } = plan;
  return (
    <>
      {files.length === 0 && <p>{t('The files are as they were then.')}</p>}
      <ul class="restore-files">
        {files.map(file => (
          <li key={file.address}>
            <label>
              <input type="checkbox" checked={chosen.has(file.address)} onChange={() => toggle(file.address)} />
              <span class="restore-what">
                <span class="restore-path" dir="auto">
                  {file.path}
                </span>
                <span class="restore-action">{actionText(file)}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {files.some(({ isChanged }) => isChanged) && (
        <p>{t('What has changed since, by you or a program, is replaced only where you tick it.')}</p>
      )}
      {lost.length > 0 && (
        <p>{t('No longer kept, or too large to be, and left as they are: {0}', listText(lost, language()))}</p>
      )}
      {elsewhere.length > 0 && (
        <p>{t('In no folder of this workspace, and left as they are: {0}', listText(elsewhere, language()))}</p>
      )}
      {unseen && <p>{unseenText(unseen)}</p>}
      {files.length > 0 && <p>{t('All of it can be undone.')}</p>}
    </>
  );
}

/** What programs have changed there stays as it is. */
function unseenText({ beyond, large }: Unseen): string {
  return beyond + large === 0
    ? t(
        'Programs have run. What they changed in folders that git ignores, or that packages are installed in, is not kept.',
      )
    : t(
        'Programs have run. What they changed in folders that git ignores, or that packages are installed in, is not kept, nor what {0} files held that are too large or too many.',
        formatCount(beyond + large),
      );
}

function actionText({ action, isChanged }: RestoreFile): string {
  return isChanged ? t('{0}; changed since', verbOf(action)) : verbOf(action);
}

function verbOf(action: RestoreAction): string {
  switch (action) {
    case 'change':
      return t('changed back');
    case 'create':
      return t('created again');
    case 'delete':
      return t('deleted');
  }
}
