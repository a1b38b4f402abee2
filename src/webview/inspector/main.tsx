import { signal } from '@preact/signals';
import { render } from 'preact';
import type { ExchangeDetail, ExchangeSummary } from '../../shared/exchange.ts';
import { isFromHost } from '../../shared/hostMessages.ts';
import type { InspectorHostMessage, InspectorViewMessage } from '../../shared/protocol/inspector.ts';
import { loadTranslations } from '../ui/l10n.ts';
import { setLanguage } from '../ui/language.ts';
import { Inspector } from './Inspector.tsx';

start();

function start(): void {
  const root = document.getElementById('app');
  if (!root) throw new Error('The page has no element for the view.');
  setLanguage(document.documentElement.lang);
  loadTranslations(document.getElementById('l10n')?.textContent ?? '{}');
  const host = acquireVsCodeApi();
  const post = (message: InspectorViewMessage): void => host.postMessage(message);
  const exchanges = signal<ExchangeSummary[] | undefined>(undefined);
  const detail = signal<ExchangeDetail | undefined>(undefined);
  addEventListener('message', (event: MessageEvent<InspectorHostMessage>) => {
    if (!isFromHost(event, origin)) return;
    const { data } = event;
    if (data.type === 'exchanges') exchanges.value = data.exchanges;
    else detail.value = data.detail;
  });
  root.replaceChildren();
  render(<Inspector exchanges={exchanges} detail={detail} post={post} />, root);
  post({ type: 'ready' });
}
