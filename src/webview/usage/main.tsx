import { signal } from '@preact/signals';
import { render } from 'preact';
import { isFromHost } from '../../shared/hostMessages.ts';
import type { UsageHostMessage, UsageViewMessage } from '../../shared/protocol/usage.ts';
import { loadTranslations } from '../ui/l10n.ts';
import { setLanguage } from '../ui/language.ts';
import { type UsageChoices, parseChoices } from './choices.ts';
import { UsagePage } from './UsagePage.tsx';

start();

function start(): void {
  const root = document.getElementById('app');
  if (!root) throw new Error('The page has no element for the view.');
  setLanguage(document.documentElement.lang);
  loadTranslations(document.getElementById('l10n')?.textContent ?? '{}');
  const host = acquireVsCodeApi();
  const post = (message: UsageViewMessage): void => host.postMessage(message);
  const told = signal<UsageHostMessage | undefined>(undefined);
  const choices = signal(parseChoices(host.getState()));
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const ask = (): void => post({ type: 'show', span: choices.value.span, timeZone });
  const choose = (changed: Partial<UsageChoices>): void => {
    choices.value = { ...choices.value, ...changed };
    host.setState(choices.value);
    if (changed.span) ask();
  };
  addEventListener('message', (event: MessageEvent<UsageHostMessage>) => {
    if (isFromHost(event, origin)) told.value = event.data;
  });
  root.replaceChildren();
  render(
    <UsagePage
      told={told}
      choices={choices}
      choose={choose}
      tryAgain={ask}
      exportCsv={() => post({ type: 'export', span: choices.value.span, timeZone })}
      setBudget={() => post({ type: 'setBudget' })}
    />,
    root,
  );
  ask();
}
