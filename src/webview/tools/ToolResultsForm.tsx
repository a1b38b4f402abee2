import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AssistantTurn, ToolResult } from '../../shared/conversation.ts';
import { wholeCalls } from '../../shared/toolCalls.ts';
import type { TypedResult } from '../../shared/unfinished.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { Button } from '../ui/Button.tsx';

/** Where the user answers the tools that the last answer asks for: all of them in one turn, as the protocol wants. */
export function ToolResultsForm({ turn }: { turn: AssistantTurn }) {
  const { store, post, telling } = useServices();
  const calls = wholeCalls(turn);
  const kept = store.view.value?.unfinished?.toolResults;
  const written = kept?.turnId === turn.id ? kept.results : [];
  const results = useSignal(written);
  const key = `toolResults ${turn.id}`;
  // Written in another window, or cleared there: what is being typed wins until it is told.
  useEffect(() => {
    if (!telling.waits(key)) results.value = written;
  }, [JSON.stringify(written)]);
  const isLast = store.view.value?.conversation.turns.at(-1)?.id === turn.id;
  if (!isLast || turn.findings || calls.length === 0 || turn.state.phase !== 'complete') return null;
  const resultOf = (index: number): TypedResult => results.value[index] ?? { text: '', isError: false };
  const set = (index: number, changed: Partial<TypedResult>): void => {
    const conversationId = store.view.value?.conversation.id ?? '';
    results.value = calls.map((_, at) => ({ ...resultOf(at), ...(at === index && changed) }));
    telling.later(key, { type: 'typeToolResults', conversationId, turnId: turn.id, results: results.value });
  };
  const send = (): void => {
    const given: ToolResult[] = calls.map((call, index) => ({ toolUseId: call.id, ...resultOf(index) }));
    post({ type: 'sendToolResults', results: given });
  };
  return (
    <fieldset class="tool-results">
      <legend>{t('The model waits for what its tools have found.')}</legend>
      {calls.map((call, index) => (
        <div key={index} class="field">
          <label for={`result-${turn.id}-${index}`}>{t('Result of {0}', call.name)}</label>
          <textarea
            id={`result-${turn.id}-${index}`}
            rows={3}
            dir="auto"
            value={resultOf(index).text}
            onInput={event => set(index, { text: event.currentTarget.value })}
          />
          <label class="check">
            <input
              type="checkbox"
              checked={resultOf(index).isError}
              onChange={event => set(index, { isError: event.currentTarget.checked })}
            />
            {t('The tool failed')}
          </label>
        </div>
      ))}
      <p class="field-note">{t('Images beside the message below go with the last result.')}</p>
      <div class="button-row">
        <Button onClick={send}>{calls.length === 1 ? t('Send Result') : t('Send Results')}</Button>
      </div>
    </fieldset>
  );
}
