import * as vscode from 'vscode';
import type { RequestSettings } from '../core/request/buildRequest.ts';
import {
  defaultViewSettings,
  expandThinkingChoices,
  leastFontSizePx,
  mostFontSizePx,
  type ViewSettings,
  leastLineWidth,
  mostLineWidth,
} from '../shared/viewSettings.ts';
import type { Budgets } from '../core/usage/budget.ts';
import type { ModerationSettings } from './connection/moderation.ts';
import { defaultModel } from './models/defaultModel.ts';
import { noticeChoices, type NoticeChoice } from './status/answerNotice.ts';
import { type FilterMode, filterModes, type FilterModes } from '../core/filter/clearance.ts';
import type { SpendLimits } from '../core/request/nextSize.ts';
import { type Authentication, authentications } from '../core/endpoint/authentication.ts';
import { type BaseUrl, parseBaseUrl } from '../core/transport/baseUrl.ts';

const section = 'marginalia';

/** What the user has set, read anew at every use. A value of the wrong kind counts as unset. */
export function readSettings(): RequestSettings {
  const config = vscode.workspace.getConfiguration(section);
  const temperature = numberIn(config, 'temperature');
  const topP = numberIn(config, 'topP');
  const topK = numberIn(config, 'topK');
  return {
    model: textIn(config, 'model').trim() || defaultModel,
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

/** From where on a request asks before it goes out. */
export function readSpendLimits(): SpendLimits {
  const config = vscode.workspace.getConfiguration(section);
  return {
    tokens: numberIn(config, 'confirmAboveTokens') ?? 0,
    costUsd: numberIn(config, 'confirmAboveCost') ?? 0,
  };
}

/** Whether another model is suggested where the task asks for one. */
export function readSuggestsModels(): boolean {
  return vscode.workspace.getConfiguration(section).get<unknown>('suggestModels') !== false;
}

/** Where requests stop for this day or this month. */
export function readBudgets(): Budgets {
  const config = vscode.workspace.getConfiguration(section);
  return { dayUsd: numberIn(config, 'budgetPerDay') ?? 0, monthUsd: numberIn(config, 'budgetPerMonth') ?? 0 };
}

/** Whether models may use a browser, which one, and whether it is seen. */
export function readBrowserSettings(): { isEnabled: boolean; path: string; isHeadless: boolean } {
  const config = vscode.workspace.getConfiguration(section);
  return {
    isEnabled: config.get<unknown>('browser.enabled') === true,
    path: textIn(config, 'browser.path').trim(),
    isHeadless: config.get<unknown>('browser.headless') === true,
  };
}

/** Whether models may keep a list of their steps. */
export function readTodoEnabled(): boolean {
  return vscode.workspace.getConfiguration(section).get<unknown>('todo.enabled') !== false;
}

export async function setTodoEnabled(isEnabled: boolean): Promise<void> {
  await vscode.workspace.getConfiguration(section).update('todo.enabled', isEnabled, vscode.ConfigurationTarget.Global);
}

export function readBaseUrl(): BaseUrl {
  return parseBaseUrl(readBaseUrlText());
}

/** As it was typed, for where it is to be corrected. */
export function readBaseUrlText(): string {
  return textIn(vscode.workspace.getConfiguration(section), 'baseUrl');
}

/** The base URL that counts where the user has set none. */
export function readPresetBaseUrl(): string {
  const preset: unknown = vscode.workspace.getConfiguration(section).inspect('baseUrl')?.defaultValue;
  return typeof preset === 'string' ? preset : '';
}

export async function saveBaseUrl(baseUrl: string): Promise<void> {
  await vscode.workspace.getConfiguration(section).update('baseUrl', baseUrl, vscode.ConfigurationTarget.Global);
}

/** How keys go along, where the user says so. */
export function readAuthentication(): Authentication | undefined {
  const { user } = layersIn(vscode.workspace.getConfiguration(section), 'authentication');
  return authentications.find(known => known === user);
}

/** The user's own servers of the Model Context Protocol, as they stand there. */
export function readServersSetting(): unknown {
  return layersIn(vscode.workspace.getConfiguration(section), 'mcp.servers').user;
}

/** The rules of models that the user has set, as they stand there. */
export function readModels(): unknown {
  return vscode.workspace.getConfiguration(section).get<unknown>('models');
}

/** The prompts that the user has set, and those that the workspace has. */
export function readPrompts(): { user: unknown; workspace: unknown } {
  return layersIn(vscode.workspace.getConfiguration(section), 'prompts');
}

/** Whether the user, or the workspace, says which model is asked. */
export function isModelSet(): boolean {
  const { user, workspace } = layersIn(vscode.workspace.getConfiguration(section), 'model');
  return [user, workspace].some(value => value !== undefined && value !== '');
}

export async function saveModel(model: string): Promise<void> {
  await vscode.workspace.getConfiguration(section).update('model', model, vscode.ConfigurationTarget.Global);
}

/** Milliseconds after which a command that a model runs is ended. */
export function readCommandTimeout(): number {
  const seconds = numberIn(vscode.workspace.getConfiguration(section), 'shell.timeoutSeconds') ?? 120;
  return Math.min(3600, Math.max(1, seconds)) * 1000;
}

/** The rules for commands that the user has set, and those that come with the workspace. */
export function readShellRules(): { user: unknown; workspace: unknown } {
  return layersIn(vscode.workspace.getConfiguration(section), 'shell.rules');
}

export async function saveShellRules(rules: readonly unknown[]): Promise<void> {
  await vscode.workspace.getConfiguration(section).update('shell.rules', rules, vscode.ConfigurationTarget.Global);
}

export function readViewSettings(): ViewSettings {
  const config = vscode.workspace.getConfiguration(section);
  const fontSize = numberIn(config, 'fontSize') ?? 0;
  const lineHeight = numberIn(config, 'lineHeight') ?? 0;
  const lineWidth = numberIn(config, 'lineWidth') ?? 0;
  const expand = textIn(config, 'expandThinking');
  return {
    fontSizePx: fontSize > 0 ? Math.min(mostFontSizePx, Math.max(leastFontSizePx, fontSize)) : 0,
    lineHeight: lineHeight > 0 ? Math.min(3, Math.max(1, lineHeight)) : 0,
    lineWidth: lineWidth > 0 ? Math.min(mostLineWidth, Math.max(leastLineWidth, lineWidth)) : 0,
    expandThinking: expandThinkingChoices.find(choice => choice === expand) ?? defaultViewSettings.expandThinking,
  };
}

/** Whether what the editor shows goes along without a click. */
export function goesFromStart(): boolean {
  return textIn(vscode.workspace.getConfiguration(section), 'editorContext') === 'fromStart';
}

/** What becomes of secrets and personal data in what goes out. */
export function readFilterModes(): FilterModes {
  const config = vscode.workspace.getConfiguration(section);
  const modeOf = (text: string): FilterMode | undefined => filterModes.find(mode => mode === text);
  return {
    secrets: modeOf(textIn(config, 'filter.secrets')) ?? 'ask',
    personal: modeOf(textIn(config, 'filter.personal')) ?? 'off',
  };
}

/** The user's own check over what goes out and what comes back; a workspace has no say in it. */
export function readModeration(): ModerationSettings {
  const config = vscode.workspace.getConfiguration(section);
  const command = layersIn(config, 'moderation.command').user;
  const endpoint = layersIn(config, 'moderation.endpoint').user;
  const which = layersIn(config, 'moderation.checks').user;
  const seconds = layersIn(config, 'moderation.timeoutSeconds').user;
  return {
    command: Array.isArray(command) ? command.filter(word => typeof word === 'string') : [],
    endpoint: typeof endpoint === 'string' ? endpoint.trim() : '',
    ways: which === 'outgoing' ? ['out'] : which === 'answers' ? ['back'] : ['out', 'back'],
    timeLimitMs: Math.min(600, Math.max(1, typeof seconds === 'number' ? seconds : 30)) * 1000,
  };
}

/** After which answers the user is told that they have ended, where the window has no focus. */
export function readNoticeChoice(): NoticeChoice {
  const choice = textIn(vscode.workspace.getConfiguration(section), 'notifyWhenUnfocused');
  return noticeChoices.find(known => known === choice) ?? 'afterTenSeconds';
}

/** Undefined takes the user's own value away. */
export async function saveFontSize(fontSizePx: number | undefined): Promise<void> {
  await vscode.workspace.getConfiguration(section).update('fontSize', fontSizePx, vscode.ConfigurationTarget.Global);
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

/** Apart, where the editor would let the workspace's value replace the user's. */
function layersIn(config: vscode.WorkspaceConfiguration, key: string): { user: unknown; workspace: unknown } {
  const found = config.inspect<unknown>(key);
  return { user: found?.globalValue, workspace: found?.workspaceFolderValue ?? found?.workspaceValue };
}
