import * as vscode from 'vscode';
import type { CodeMessage } from '../../shared/protocol/code.ts';
import { useCode } from '../code/useCode.ts';
import { elsewhere, type Handlers } from './handlers.ts';

export const codeHandlers: Handlers<CodeMessage> = {
  copy: elsewhere((_, { text }) => vscode.env.clipboard.writeText(text)),
  useCode: elsewhere((_, { action, text, language }) => useCode(action, text, language)),
  applyCode: elsewhere((_, code, { applier }) => applier.apply(code)),
};
