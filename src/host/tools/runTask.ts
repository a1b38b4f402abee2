import * as vscode from 'vscode';
import { ToolError } from '../../core/tools/workspace.ts';

/**
 * Runs a task of the editor to its end. Its output is in its terminal, where extensions can't read it. Rejects with a
 * ToolError where there is no such task or it fails.
 */
export async function runTask(name: string, folder: vscode.Uri | undefined, signal: AbortSignal): Promise<string> {
  const task = await findTask(name, folder);
  signal.throwIfAborted();
  const ended = Promise.withResolvers<number | undefined>();
  let execution: vscode.TaskExecution | undefined;
  const isOurs = (other: vscode.TaskExecution): boolean => other === execution || other.task === task;
  const subscriptions = [
    vscode.tasks.onDidEndTaskProcess(event => {
      if (isOurs(event.execution)) ended.resolve(event.exitCode);
    }),
    // Of a task without a process nothing else tells.
    vscode.tasks.onDidEndTask(event => {
      if (isOurs(event.execution)) setTimeout(() => ended.resolve(undefined), 100);
    }),
  ];
  const stop = (): void => {
    execution?.terminate();
    ended.resolve(undefined);
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    execution = await vscode.tasks.executeTask(task);
    if (signal.aborted) stop();
    const exitCode = await ended.promise;
    signal.throwIfAborted();
    const seen = 'The user sees its output in its terminal; it can’t be read from here.';
    if (exitCode === undefined) return `The task “${name}” has ended. ${seen}`;
    if (exitCode !== 0) throw new ToolError(`Error: The task “${name}” has ended with exit code ${exitCode}. ${seen}`);
    return `The task “${name}” has ended with exit code 0. ${seen}`;
  } finally {
    signal.removeEventListener('abort', stop);
    for (const subscription of subscriptions) subscription.dispose();
  }
}

/** The task of the tool file's own folder before those of others. */
async function findTask(name: string, folder: vscode.Uri | undefined): Promise<vscode.Task> {
  const named = (await vscode.tasks.fetchTasks()).filter(task => task.name === name);
  const isInFolder = ({ scope }: vscode.Task): boolean =>
    typeof scope === 'object' && scope.uri.toString() === folder?.toString();
  const task = named.find(isInFolder) ?? named[0];
  if (!task) throw new ToolError(`Error: There is no task called “${name}”.`);
  return task;
}
