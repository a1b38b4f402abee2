import { signal } from '@preact/signals';
import { render } from 'preact';
import { isFromHost } from '../../shared/hostMessages.ts';
import type { ToolTrialHostMessage, ToolTrialViewMessage, Trial, TriedTool } from '../../shared/protocol/toolTrial.ts';
import { loadTranslations } from '../ui/l10n.ts';
import { setLanguage } from '../ui/language.ts';
import { ToolTrial } from './ToolTrial.tsx';

start();

function start(): void {
  const root = document.getElementById('app');
  if (!root) throw new Error('The page has no element for the view.');
  setLanguage(document.documentElement.lang);
  loadTranslations(document.getElementById('l10n')?.textContent ?? '{}');
  const host = acquireVsCodeApi();
  const post = (message: ToolTrialViewMessage): void => host.postMessage(message);
  const tool = signal<TriedTool | undefined>(undefined);
  const checked = signal<{ json: string; problems: string[] }>({ json: '', problems: [] });
  const trial = signal<Trial | undefined>(undefined);
  let isDrawn = false;
  addEventListener('message', (event: MessageEvent<ToolTrialHostMessage>) => {
    if (!isFromHost(event, origin)) return;
    const { data } = event;
    if (data.type === 'tool') tool.value = data.tool;
    else if (data.type === 'checked') checked.value = data;
    else trial.value = data.trial;
    if (isDrawn) return;
    isDrawn = true;
    root.replaceChildren();
    render(<ToolTrial tool={tool} checked={checked} trial={trial} post={post} />, root);
  });
  post({ type: 'ready' });
}
