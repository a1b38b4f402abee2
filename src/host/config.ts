import * as vscode from 'vscode';
import type { RequestSettings } from '../core/chat/buildRequest.ts';
import { type BaseUrl, parseBaseUrl } from '../core/messages/baseUrl.ts';

const section = 'marginalia';

/** What the user has set, read anew at every use. A value of the wrong kind counts as unset. */
export function readSettings(): RequestSettings {
  const config = vscode.workspace.getConfiguration(section);
  const temperature = numberIn(config, 'temperature');
  const topP = numberIn(config, 'topP');
  const topK = numberIn(config, 'topK');
  return {
    model: textIn(config, 'model').trim() || 'claude-sonnet-4-5-20250929',
    maxTokens: Math.max(1, Math.trunc(numberIn(config, 'maxTokens') ?? 8192)),
    stream: config.get<unknown>('stream') !== false,
    systemPrompt: textIn(config, 'systemPrompt'),
    reviewSystemPrompt: textIn(config, 'reviewSystemPrompt'),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(topK !== undefined && { topK }),
    stopSequences: textsIn(config, 'stopSequences'),
    metadataUserId: textIn(config, 'metadataUserId'),
    promptCaching: config.get<unknown>('promptCaching') !== false,
  };
}

export function readBaseUrl(): BaseUrl {
  return parseBaseUrl(readBaseUrlText());
}

/** As it was typed, for where it is to be corrected. */
export function readBaseUrlText(): string {
  return textIn(vscode.workspace.getConfiguration(section), 'baseUrl');
}

export async function saveBaseUrl(baseUrl: string): Promise<void> {
  await vscode.workspace.getConfiguration(section).update('baseUrl', baseUrl, vscode.ConfigurationTarget.Global);
}

/** The rules of models that the user has set, as they stand there. */
export function readModels(): unknown {
  return vscode.workspace.getConfiguration(section).get<unknown>('models');
}

export async function saveModel(model: string): Promise<void> {
  await vscode.workspace.getConfiguration(section).update('model', model, vscode.ConfigurationTarget.Global);
}

export function onConfigChange(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration(event => {
    if (event.affectsConfiguration(section)) listener();
  });
}

function textIn(config: vscode.WorkspaceConfiguration, key: string): string {
  const value = config.get<unknown>(key);
  return typeof value === 'string' ? value : '';
}

function numberIn(config: vscode.WorkspaceConfiguration, key: string): number | undefined {
  const value = config.get<unknown>(key);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function textsIn(config: vscode.WorkspaceConfiguration, key: string): string[] {
  const value = config.get<unknown>(key);
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}
