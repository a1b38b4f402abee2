import * as vscode from 'vscode';
import type { PromptOrigin } from '../../shared/prompt.ts';

/** Where a prompt comes from, in a word or two. Nothing is said of the built-in ones. */
export function promptOriginText(origin: PromptOrigin): string {
  switch (origin.kind) {
    case 'builtIn':
      return '';
    case 'settings':
      return vscode.l10n.t('your settings');
    case 'workspaceSettings':
      return vscode.l10n.t('this workspace’s settings');
    case 'file':
      return origin.path;
    case 'server':
      return origin.server ?? '';
  }
}
