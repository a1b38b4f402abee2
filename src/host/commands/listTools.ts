import * as vscode from 'vscode';
import { todo } from '../../core/tools/todo.ts';
import type { ListedTool } from '../../core/tools/toolList.ts';
import { toolFileProblemText, type ToolWay } from '../../shared/toolFile.ts';
import { type ToolState, toolStates } from '../../shared/toolState.ts';
import { createPicker, pickOne, shownItem } from '../show.ts';
import { readTodoEnabled, setTodoEnabled } from '../config.ts';
import type { CustomTools } from '../tools/customTools.ts';
import type { ToolFileOnDisk } from '../tools/toolFiles.ts';
import type { ToolTrial } from '../panels/toolTrial.ts';
import { newTool } from './newTool.ts';

type Listed = ListedTool<ToolFileOnDisk>;

interface ToolItem extends vscode.QuickPickItem {
  /** Undefined: a new one. */
  listed?: Listed;
  /** It is the product’s own list of steps. */
  isTodo?: true;
}

/** Lists the tools of all files, with buttons to switch one off and on, to try it and to open its file; one that is chosen is decided about. */
export async function listTools(tools: CustomTools, trial: ToolTrial): Promise<void> {
  const { t } = vscode.l10n;
  const picker = createPicker<ToolItem>();
  const open = button('go-to-file', t('Open Tool File'));
  const attempt = button('play', t('Try Tool'));
  const on = button('circle-slash', t('Switch On'));
  const off = button('check', t('Switch Off'));
  const show = async (): Promise<void> => {
    const listed = await tools.list();
    const items = listed.map((one): ToolItem => {
      const buttons = one.ok
        ? [tools.stateOf(one) === 'off' ? on : off, ...(canTry(one) ? [attempt] : []), open]
        : [open];
      return { ...itemOf(one, tools), buttons, listed: one };
    });
    const listing: ToolItem = { ...todoItem(), buttons: [readTodoEnabled() ? off : on], isTodo: true };
    picker.items = [...items, listing, { label: t('New Tool…'), iconPath: new vscode.ThemeIcon('add') }].map(shownItem);
  };
  picker.matchOnDescription = true;
  picker.title = shownItem({ label: t('Tools') }).label;
  picker.placeholder = shownItem({ label: t('Choose a tool to say when you are asked about it') }).label;
  await show();
  picker.onDidTriggerItemButton(async ({ item: { listed, isTodo }, button: pressed }) => {
    if (isTodo) {
      await setTodoEnabled(pressed === on);
      await show();
    }
    if (!listed) return;
    if (pressed === open) await openFile(listed, picker);
    else if (pressed === attempt) {
      picker.hide();
      trial.show(listed.file.source);
    } else {
      await tools.setState(listed, pressed === on ? 'ask' : 'off');
      await show();
    }
  });
  picker.onDidAccept(async () => {
    const [item] = picker.selectedItems;
    picker.hide();
    if (!item) return;
    if (item.isTodo) await setTodoEnabled(!readTodoEnabled());
    else if (!item.listed) await newTool(tools);
    else if (item.listed.ok) await decide(tools, item.listed);
    else await openFile(item.listed, picker);
  });
  picker.onDidHide(() => picker.dispose());
  picker.show();
}

function button(icon: string, tooltip: string): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon(icon), tooltip };
}

/** Where there is something to run. */
function canTry(listed: Listed): boolean {
  return listed.ok && listed.tool.way.kind !== 'byHand' && vscode.workspace.isTrusted;
}

function itemOf(listed: Listed, tools: CustomTools): ToolItem {
  const { source } = listed.file;
  if (listed.ok) {
    const { name, way } = listed.tool;
    const state = tools.stateOf(listed);
    const isReplayed = state !== 'off' && tools.replays(listed);
    return {
      label: name,
      description: isReplayed ? vscode.l10n.t('answers with recorded results') : stateText(state),
      detail: `${wayText(way)} · ${source}`,
      iconPath: icon('tools'),
    };
  }
  const wrong = listed.problems.map(problem => toolFileProblemText(problem, vscode.l10n.t)).join(' ');
  return { label: source, description: vscode.l10n.t('can’t be used'), detail: wrong, iconPath: icon('error') };
}

function todoItem(): ToolItem {
  const { t } = vscode.l10n;
  return {
    label: todo.name,
    description: readTodoEnabled() ? t('on') : t('off'),
    detail: t('built in · a list of the steps of a long task, above the message'),
    iconPath: icon('checklist'),
  };
}

function icon(id: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(id);
}

function stateText(state: ToolState): string {
  switch (state) {
    case 'ask':
      return vscode.l10n.t('asks each time');
    case 'once':
      return vscode.l10n.t('asks once in a conversation');
    case 'off':
      return vscode.l10n.t('off');
  }
}

function wayText(way: ToolWay): string {
  const { t } = vscode.l10n;
  switch (way.kind) {
    case 'command':
      return way.argv.join(' ');
    case 'task':
      return t('task {0}', way.name);
    case 'editorCommand':
      return t('command {0}', way.id);
    case 'byHand':
      return t('you type the results');
  }
}

async function openFile({ file, ...listed }: Listed, picker: { hide: () => void }): Promise<void> {
  picker.hide();
  const editor = await vscode.window.showTextDocument(file.uri);
  const [problem] = listed.ok ? [] : listed.problems;
  if (!problem) return;
  const { document } = editor;
  editor.selection = new vscode.Selection(document.positionAt(problem.start), document.positionAt(problem.start));
}

async function decide(tools: CustomTools, listed: Listed & { ok: true }): Promise<void> {
  const { t } = vscode.l10n;
  const labels = { ask: t('Ask each time'), once: t('Ask once in a conversation'), off: t('Off') };
  const now = tools.stateOf(listed);
  const items = toolStates.map(state => ({
    label: labels[state],
    state,
    ...(state === now && { description: t('current') }),
  }));
  const placeHolder = t('When you are asked before it runs');
  const chosen = await pickOne(items, { title: listed.tool.name, placeHolder });
  if (chosen) await tools.setState(listed, chosen.state);
}
