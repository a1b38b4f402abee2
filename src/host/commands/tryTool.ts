import * as vscode from 'vscode';
import type { ToolTrial } from '../panels/toolTrial.ts';
import { pickOne, showInformation } from '../show.ts';
import type { CustomTools } from '../tools/customTools.ts';

/** Opens the form of a tool that is chosen: all that run something. */
export async function tryTool(tools: CustomTools, trial: ToolTrial): Promise<void> {
  const listed = (await tools.list()).flatMap(one => (one.ok && one.tool.way.kind !== 'byHand' ? [one] : []));
  if (!vscode.workspace.isTrusted) {
    void showInformation(vscode.l10n.t('Tools run only in a workspace that you trust.'));
    return;
  }
  if (listed.length === 0) {
    void showInformation(vscode.l10n.t('There is no tool that could be tried. “Marginalia: New Tool…” makes one.'));
    return;
  }
  const items = listed.map(({ file: { source }, tool: { name, description } }) => ({
    label: name,
    description: source,
    detail: description,
    source,
  }));
  const chosen = await pickOne(items, {
    title: vscode.l10n.t('Try a Tool'),
    placeHolder: vscode.l10n.t('It runs with an input that you type, without a model'),
  });
  if (chosen) trial.show(chosen.source);
}
