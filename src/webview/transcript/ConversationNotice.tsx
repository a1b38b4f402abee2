import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';

/** What the host has to say of the conversation, as long as it holds. */
export function ConversationNotice() {
  const { store, post } = useServices();
  const notice = store.view.value?.notice;
  return (
    <div role="status">
      {notice && (
        <Notice
          {...notice}
          actions={notice.buttons.map(({ label, command }) => (
            <Button key={command} isSecondary onClick={() => post({ type: 'command', command })}>
              {label}
            </Button>
          ))}
        />
      )}
    </div>
  );
}
