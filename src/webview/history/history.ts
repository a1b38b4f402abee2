import { HistoryModel, type HistoryModelPorts } from './historyModel.ts';

export { HistoryPanel } from './HistoryPanel.tsx';

/** What is loaded when the user first looks for a conversation. */
export function createHistory(ports: HistoryModelPorts): HistoryModel {
  return new HistoryModel(ports);
}
