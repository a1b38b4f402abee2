import { type Signal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { ToolTrialViewMessage, Trial, TriedTool } from '../../shared/protocol/toolTrial.ts';
import { CallStartView } from '../tools/CallInput.tsx';
import { Button } from '../ui/Button.tsx';
import { t } from '../ui/l10n.ts';
import { fieldsOf, inputOf, type Typed } from './formFields.ts';
import { FormFields } from './FormFields.tsx';
import { TrialResult } from './TrialResult.tsx';

interface Props {
  tool: Signal<TriedTool | undefined>;
  /** What is wrong with the input that this is the JSON of. */
  checked: Signal<{ json: string; problems: string[] }>;
  trial: Signal<Trial | undefined>;
  post: (message: ToolTrialViewMessage) => void;
}

/** A tool with a form for its input, which is checked as it is typed, and what a run has brought. */
export function ToolTrial({ tool, checked, trial, post }: Props) {
  const tried = tool.value;
  if (!tried) {
    return (
      <main class="tool-trial">
        <p role="status">{t('The tool’s file is gone, or can’t be used any more.')}</p>
        <div class="button-row">
          <Button onClick={() => post({ type: 'ready' })}>{t('Look Again')}</Button>
        </div>
      </main>
    );
  }
  return (
    <main class="tool-trial">
      <h1>{tried.name}</h1>
      <p>{tried.description}</p>
      <CallStartView start={tried.start} />
      <TrialForm tool={tried} checked={checked.value} isRunning={trial.value?.phase === 'running'} post={post} />
      {trial.value && <TrialResult trial={trial.value} post={post} />}
      <Recorded tool={tried} post={post} />
    </main>
  );
}

interface FormProps {
  tool: TriedTool;
  checked: { json: string; problems: string[] };
  isRunning: boolean;
  post: Props['post'];
}

function TrialForm({ tool, checked, isRunning, post }: FormProps) {
  const typed = useSignal<Typed>({});
  const isTried = useSignal(false);
  const fields = fieldsOf(tool.schema);
  const { value, unreadable } = inputOf(fields, typed.value);
  const json = JSON.stringify(value);
  useEffect(() => post({ type: 'check', json }), [json, tool]);
  // Of an input that was typed since, nothing is known yet.
  const problems = checked.json === json ? checked.problems : [];
  const run = (): void => {
    isTried.value = true;
    // The host checks it once more: what is typed fast is not checked yet.
    if (problems.length === 0 && unreadable.length === 0) post({ type: 'run', json });
  };
  const told = [...problems, ...unreadable.map(pointer => `${pointer}: ${t('can’t be read yet.')}`)];
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        run();
      }}
    >
      <h2>{t('Input')}</h2>
      <FormFields
        fields={fields}
        typed={typed.value}
        problems={told}
        isTried={isTried.value}
        change={(pointer, text) => (typed.value = { ...typed.value, [pointer]: text })}
      />
      <p class="field-note wrong" role="status">
        {isTried.value && told.join(' ')}
      </p>
      <details>
        <summary>{t('Input as JSON')}</summary>
        <pre tabindex={0} role="group" aria-label={t('Input as JSON')} dir="ltr">
          <code>{JSON.stringify(value, undefined, 2)}</code>
        </pre>
      </details>
      {/* Enter in a field runs it. */}
      <button type="submit" hidden />
      <div class="button-row">
        <Button onClick={run}>{t('Run')}</Button>
        {isRunning && (
          <Button isSecondary onClick={() => post({ type: 'stop' })}>
            {t('Stop')}
          </Button>
        )}
      </div>
    </form>
  );
}

function Recorded({ tool: { recorded, replays }, post }: { tool: TriedTool; post: Props['post'] }) {
  return (
    <section aria-label={t('Recorded Results')}>
      <h2>{t('Recorded Results')}</h2>
      <p>
        {recorded === 1
          ? t('The result of one input is recorded.')
          : t('Results of {0} inputs are recorded.', recorded)}
      </p>
      <label class="check">
        <input
          type="checkbox"
          checked={replays}
          onChange={event => post({ type: 'replay', replays: event.currentTarget.checked })}
        />
        {t('Answer the model with recorded results, and run nothing')}
      </label>
      {recorded > 0 && (
        <div class="button-row">
          <Button isSecondary onClick={() => post({ type: 'forget' })}>
            {t('Forget Recorded Results')}
          </Button>
        </div>
      )}
    </section>
  );
}
