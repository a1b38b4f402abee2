import * as vscode from 'vscode';
import type { CommentMarkdown } from '../core/review/commentMarkdown.ts';
import type { CommandId } from '../shared/commandIds.ts';
import { type Shown, shown } from '../shared/shown.ts';

/*
 * What the editor shows of ours in its own parts. Nothing else calls what shows it, which the linter holds: a file's
 * name, an endpoint's words and the like pass through `shown` here, and are no link, icon or picture.
 */

/** The editor's functions, which take nothing but what has passed. */
const editor: {
  showInformationMessage: ShowMessage;
  showWarningMessage: ShowMessage;
  showErrorMessage: ShowMessage;
  setStatusBarMessage: (text: Shown, hideAfterMs: number) => vscode.Disposable;
  showInputBox: (options: ShownInput) => Thenable<string | undefined>;
  showQuickPick: <T extends vscode.QuickPickItem>(
    items: readonly ShownItem<T>[] | Thenable<readonly ShownItem<T>[]>,
    options: ShownPick,
  ) => Thenable<ShownItem<T> | undefined>;
  createStatusBarItem: (id: string, alignment: vscode.StatusBarAlignment, priority: number) => vscode.StatusBarItem;
} = vscode.window;

type ShowMessage = (
  message: Shown,
  options: { modal?: boolean; detail?: Shown },
  ...buttons: MessageButton[]
) => Thenable<MessageButton | undefined>;

interface MessageButton {
  title: Shown;
  button: string;
}

/** Resolves with the button that was chosen; undefined where none was. */
export type ShowMessageText = (message: string, ...buttons: string[]) => Promise<string | undefined>;

export const showInformation: ShowMessageText = (message, ...buttons) =>
  showMessage(editor.showInformationMessage, message, {}, buttons);
export const showWarning: ShowMessageText = (message, ...buttons) =>
  showMessage(editor.showWarningMessage, message, {}, buttons);
export const showError: ShowMessageText = (message, ...buttons) =>
  showMessage(editor.showErrorMessage, message, {}, buttons);

/** Asks before anything else can be done. True where the one button was chosen. */
export async function askFirst(
  severity: 'information' | 'warning',
  message: string,
  detail: string,
  button: string,
): Promise<boolean> {
  return (await chooseFirst(severity, message, detail, button)) !== undefined;
}

/** The same with several buttons; undefined where none was chosen. */
export function chooseFirst(
  severity: 'information' | 'warning',
  message: string,
  detail: string,
  ...buttons: string[]
): Promise<string | undefined> {
  const show = severity === 'warning' ? editor.showWarningMessage : editor.showInformationMessage;
  return showMessage(show, message, { modal: true, detail: shown(detail) }, buttons);
}

async function showMessage(
  show: ShowMessage,
  message: string,
  options: { modal?: boolean; detail?: Shown },
  buttons: string[],
): Promise<string | undefined> {
  const items = buttons.map(button => ({ title: shown(button), button }));
  return (await show(shown(message), options, ...items))?.button;
}

/** For three seconds, in the status bar. */
export function showDone(text: string): void {
  editor.setStatusBarMessage(shown(text), 3_000);
}

interface Progress extends Omit<vscode.ProgressOptions, 'title'> {
  title?: string;
}

/** Shows that something runs, until `task` has ended; the task can say how far it is. */
export function showProgress<T>(
  options: Progress,
  task: (report: (message: string, increment: number) => void, token: vscode.CancellationToken) => Promise<T>,
): Thenable<T> {
  const { title, ...others } = options;
  return vscode.window.withProgress<T>(
    { ...others, ...(title !== undefined && { title: shown(title) }) },
    (progress, token) => task((message, increment) => progress.report({ message: shown(message), increment }), token),
  );
}

interface Input {
  title: string;
  prompt?: string;
  placeHolder?: string;
  value?: string;
  password?: boolean;
  ignoreFocusOut?: boolean;
  /** Why it can't be this text. */
  validateInput?: (value: string) => string | undefined;
}

interface ShownInput extends Omit<vscode.InputBoxOptions, 'title' | 'prompt' | 'placeHolder' | 'validateInput'> {
  title: Shown;
  prompt?: Shown;
  placeHolder?: Shown;
  validateInput?: (value: string) => Shown | undefined;
}

/** Asks for a line of text; undefined where the user has left. */
export function askForText({
  title,
  prompt,
  placeHolder,
  validateInput,
  ...others
}: Input): Thenable<string | undefined> {
  return editor.showInputBox({
    ...others,
    title: shown(title),
    ...(prompt !== undefined && { prompt: shown(prompt) }),
    ...(placeHolder !== undefined && { placeHolder: shown(placeHolder) }),
    ...(validateInput && { validateInput: value => shownOf(validateInput(value)) }),
  });
}

function shownOf(text: string | undefined): Shown | undefined {
  return text === undefined ? undefined : shown(text);
}

export type ShownItem<T extends vscode.QuickPickItem> = T & { label: Shown; description?: Shown; detail?: Shown };

/** An item of a list. */
export function shownItem<T extends vscode.QuickPickItem>(item: T): ShownItem<T> {
  return {
    ...item,
    label: shown(item.label),
    ...(item.description !== undefined && { description: shown(item.description) }),
    ...(item.detail !== undefined && { detail: shown(item.detail) }),
  };
}

interface Pick {
  title?: string;
  placeHolder: string;
  matchOnDescription?: boolean;
  matchOnDetail?: boolean;
}

interface ShownPick extends Omit<vscode.QuickPickOptions, 'title' | 'placeHolder'> {
  title?: Shown;
  placeHolder: Shown;
}

/** Asks for one of these, which it gives back as it is; undefined where the user has left. */
export async function pickOne<T extends vscode.QuickPickItem>(
  items: readonly T[] | Thenable<readonly T[]>,
  { title, placeHolder, ...others }: Pick,
): Promise<T | undefined> {
  const givenOf = new Map<ShownItem<T>, T>();
  const list = (given: readonly T[]): ShownItem<T>[] => {
    for (const item of given) givenOf.set(shownItem(item), item);
    return [...givenOf.keys()];
  };
  const chosen = await editor.showQuickPick<T>('then' in items ? items.then(list) : list(items), {
    ...others,
    ...(title !== undefined && { title: shown(title) }),
    placeHolder: shown(placeHolder),
  });
  return chosen && givenOf.get(chosen);
}

export interface Picker<T extends vscode.QuickPickItem> extends Omit<
  vscode.QuickPick<ShownItem<T>>,
  'title' | 'placeholder'
> {
  title: Shown | undefined;
  placeholder: Shown | undefined;
}

/** A list that is filled and acted on while it is open. */
export function createPicker<T extends vscode.QuickPickItem>(): Picker<T> {
  return vscode.window.createQuickPick<ShownItem<T>>() as Picker<T>;
}

export interface StatusBarItem extends Omit<vscode.StatusBarItem, 'text' | 'tooltip'> {
  text: Shown;
  /** Of `paragraphs`. */
  tooltip: vscode.MarkdownString | undefined;
}

export function createStatusBarItem(id: string, priority: number): StatusBarItem {
  return editor.createStatusBarItem(id, vscode.StatusBarAlignment.Right, priority) as StatusBarItem;
}

/** A problem in a file. The editor may show its message in the status bar. */
export function createProblem(
  range: vscode.Range,
  message: string,
  severity = vscode.DiagnosticSeverity.Error,
): vscode.Diagnostic {
  const problem = new vscode.Diagnostic(range, shown(message), severity);
  problem.source = 'Marginalia';
  return problem;
}

/** An entry of the lightbulb, which runs the command. */
export function createCodeAction(
  text: string,
  kind: vscode.CodeActionKind,
  command: CommandId,
  argument: string,
): vscode.CodeAction {
  const title = shown(text);
  const action = new vscode.CodeAction(title, kind);
  action.command = { title, command, arguments: [argument] };
  return action;
}

/** Text for a tooltip. */
export function paragraphs(...texts: string[]): vscode.MarkdownString {
  const written = new vscode.MarkdownString();
  for (const [index, text] of texts.entries()) {
    if (index > 0) written.appendMarkdown('\n\n');
    written.appendText(text);
  }
  return written;
}

/** The text of a comment. */
export function commentText(markdown: CommentMarkdown): vscode.MarkdownString {
  return new vscode.MarkdownString(markdown);
}
