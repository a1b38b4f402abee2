import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '../ui/l10n.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { useServices } from '../services.ts';
import { describeFind } from './describe.ts';
import type { Finder } from './finder.ts';
import type { Query } from './query.ts';

/** Find in the conversation, as the editor's own looks and takes its keys. */
export function FindWidget({ find }: { find: Finder }) {
  return find.isOpen.value ? <Widget find={find} /> : null;
}

function Widget({ find }: { find: Finder }) {
  const { composition } = useServices();
  const input = useRef<HTMLInputElement>(null);
  // At once, or it would select what is typed right after the key.
  useLayoutEffect(
    () =>
      find.opened.subscribe(() => {
        if (!input.current) return;
        input.current.value = find.query.peek().term;
        input.current.focus();
        input.current.select();
      }),
    [find],
  );

  const { term } = find.query.value;
  const isNothing =
    term !== '' && (find.problem.value !== undefined || (find.total.value === 0 && !find.isRunning.value));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (composition.owns(event)) return;
    const act = actionOf(event);
    if (!act) return;
    event.preventDefault();
    // The editor would run its own binding of this key as well.
    event.stopPropagation();
    act(find);
  };
  return (
    <div class="find-widget" role="search" aria-label={t('Find in Conversation')} onKeyDown={onKeyDown}>
      <div class={isNothing ? 'find-box nothing' : 'find-box'}>
        <input
          type="text"
          ref={input}
          spellcheck={false}
          aria-label={t('Find')}
          placeholder={t('Find')}
          onInput={event => find.change({ term: event.currentTarget.value })}
        />
        <Toggle find={find} icon="case-sensitive" label={t('Match Case')} name="matchCase" />
        <Toggle find={find} icon="whole-word" label={t('Match Whole Word')} name="wholeWord" />
        <Toggle find={find} icon="regex" label={t('Use Regular Expression')} name="isRegex" />
        <Toggle find={find} icon="code" label={t('Find in Code Only')} name="codeOnly" />
      </div>
      <div class="find-row">
        <span class={isNothing ? 'find-count nothing' : 'find-count'}>{describeFind(find)}</span>
        <IconButton icon="arrow-up" label={t('Previous Match')} onClick={() => find.step(-1)} />
        <IconButton icon="arrow-down" label={t('Next Match')} onClick={() => find.step(1)} />
        <IconButton icon="close" label={t('Close')} onClick={() => find.close()} />
      </div>
    </div>
  );
}

interface ToggleProps {
  find: Finder;
  icon: string;
  label: string;
  name: Exclude<keyof Query, 'term'>;
}

function Toggle({ find, icon, label, name }: ToggleProps) {
  const isOn = find.query.value[name];
  return (
    <button
      type="button"
      class={`find-toggle codicon codicon-${icon}`}
      aria-label={label}
      aria-pressed={isOn}
      title={label}
      onClick={() => find.change({ [name]: !isOn })}
    />
  );
}

/** On a button, Enter presses the button. */
function actionOf(event: KeyboardEvent): ((find: Finder) => void) | undefined {
  if (event.key === 'Escape') return find => find.close();
  const isStep = event.key === 'F3' || (event.key === 'Enter' && event.target instanceof HTMLInputElement);
  if (!isStep || event.altKey || event.ctrlKey || event.metaKey) return undefined;
  return find => find.step(event.shiftKey ? -1 : 1);
}
