import { useEffect } from 'preact/hooks';
import { wrongParameters } from '../../shared/unfinished.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { ClearanceCard } from './ClearanceCard.tsx';
import { ModerationCard } from './ModerationCard.tsx';
import { HeldNotice } from './HeldNotice.tsx';
import { WindowNotice } from '../WindowNotice.tsx';
import { WrongParameterNotice } from '../parameters/WrongParameterNotice.tsx';

interface Props {
  /** Puts a text back to where messages are written. */
  edit: (text: string, instead?: string) => void;
  /** Sends what is written. */
  send: () => void;
}

/** What has to be decided before the message can go out. One thing at a time. */
export function ComposerNotices({ edit, send }: Props) {
  const { store } = useServices();
  const returned = store.returned.value;
  useEffect(() => {
    if (!returned) return;
    store.returned.value = undefined;
    if (returned.conversationId === store.state?.conversation.id) edit(returned.text, returned.instead);
  }, [returned]);
  const held = store.held.value;
  const clearance = store.view.value?.clearance;
  const moderation = store.view.value?.moderation;
  const [wrong] = wrongParameters(store.view.value?.unfinished ?? {}, t);
  if (held) return <HeldNotice held={held} send={send} />;
  if (clearance) return <ClearanceCard ask={clearance} />;
  if (moderation) return <ModerationCard state={moderation} />;
  return wrong ? <WrongParameterNotice wrong={wrong} /> : <WindowNotice />;
}
