import * as vscode from 'vscode';
import { visible } from '../../shared/visible.ts';
import { askForText, createPicker, shownItem } from '../show.ts';

/** Milliseconds without a further key before the server is asked. */
const pauseMs = 150;
/** Milliseconds that it has to complete a value. */
const completeLimitMs = 5_000;
const mostCompletions = 50;

interface AskedValue {
  title: string;
  prompt: string;
  isRequired: boolean;
  /** Offers values for what is typed so far; absent where nobody does. */
  complete?: (value: string, signal: AbortSignal) => Promise<string[]>;
}

interface ValueItem extends vscode.QuickPickItem {
  value: string;
}

/** Asks for a text, with what is offered for it below. Undefined where the user has left. */
export function askForValue({ title, prompt, isRequired, complete }: AskedValue): Promise<string | undefined> {
  const missing = vscode.l10n.t('The prompt needs this.');
  if (complete) return pickValue({ title, prompt, isRequired, complete });
  return Promise.resolve(
    askForText({
      title,
      prompt,
      ignoreFocusOut: true,
      validateInput: value => (isRequired && value.trim() === '' ? missing : undefined),
    }),
  );
}

function pickValue({ title, prompt, isRequired, complete }: Required<AskedValue>): Promise<string | undefined> {
  const picker = createPicker<ValueItem>();
  const stop = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let offered: string[] = [];
  picker.title = shownItem({ label: title }).label;
  picker.placeholder = shownItem({ label: prompt }).label;
  picker.ignoreFocusOut = true;
  const show = (): void => {
    const typed: ValueItem = { label: picker.value, value: picker.value, alwaysShow: true };
    const isTyped = picker.value !== '' || !isRequired;
    const empty = vscode.l10n.t('Leave Empty');
    const others = offered
      .filter(value => value !== picker.value)
      .map((value): ValueItem => ({ label: visible(value), value, alwaysShow: true }));
    const first = picker.value === '' ? { ...typed, label: empty } : typed;
    picker.items = [...(isTyped ? [first] : []), ...others].map(shownItem);
  };
  const find = async (): Promise<void> => {
    const { value } = picker;
    const limit = AbortSignal.any([stop.signal, AbortSignal.timeout(completeLimitMs)]);
    // Who completes nothing leaves it to be typed.
    const found = await complete(value, limit).catch(() => []);
    if (value !== picker.value || stop.signal.aborted) return;
    offered = found.slice(0, mostCompletions);
    show();
  };
  show();
  void find();
  picker.onDidChangeValue(() => {
    offered = [];
    show();
    clearTimeout(timer);
    timer = setTimeout(() => void find(), pauseMs);
  });
  return new Promise(resolve => {
    let chosen: string | undefined;
    picker.onDidAccept(() => {
      chosen = picker.selectedItems[0]?.value;
      if (chosen !== undefined) picker.hide();
    });
    picker.onDidHide(() => {
      clearTimeout(timer);
      stop.abort();
      picker.dispose();
      resolve(chosen);
    });
    picker.show();
  });
}
