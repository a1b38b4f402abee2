import type { AssistantTurn } from '../../shared/conversation.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';
import { turnText } from './turnText.ts';

interface Props {
  /** The answer to the message. */
  turn: AssistantTurn;
  isSecondary?: boolean;
}

/** Opens the message before the answer where it stands, to be changed and sent anew. Nothing where nobody has typed it. */
export function EditMessage({ turn, isSecondary = false }: Props) {
  const { store } = useServices();
  const turns = store.view.value?.conversation.turns ?? [];
  const asked = turns[turns.findIndex(({ id }) => id === turn.id) - 1];
  if (asked?.role !== 'user' || asked.handsBack || asked.toolResults || asked.text === '') return null;
  return (
    <Button
      isSecondary={isSecondary}
      onClick={() => (store.editing.value = { turnId: asked.id, text: turnText(asked) })}
    >
      {t('Edit Message')}
    </Button>
  );
}
