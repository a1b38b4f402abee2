import * as vscode from 'vscode';
import type { ModelRules } from '../../core/models/modelRules.ts';
import {
  choiceOf,
  leastBudget,
  type ThinkingChoice,
  thinkingChoices,
  thinkingOf,
} from '../../core/models/thinkingChoices.ts';
import { without } from '../../shared/parameters.ts';
import type { ChatController } from '../chatController.ts';
import { withStart } from '../../core/conversation/startSettings.ts';
import { readSettings } from '../config.ts';
import { askForText, pickOne } from '../show.ts';

type ThinkingItem = vscode.QuickPickItem & { choice: ThinkingChoice | 'another' };

/** Asks how the model of the conversation is to think before it answers, and has the next requests say so. */
export async function chooseThinking(chat: ChatController, rulesFor: (model: string) => ModelRules): Promise<void> {
  const { unsent } = await chat.open();
  const settings = withStart(readSettings(), unsent.start);
  const { thinking, model = settings.model, max_tokens: maxTokens = settings.maxTokens } = unsent.parameters;
  const rules = rulesFor(model);
  const choices = thinkingChoices(rules, maxTokens);
  const current = choiceOf(thinking);
  const items: ThinkingItem[] = choices.map(choice => {
    const isCurrent = JSON.stringify(choice) === JSON.stringify(current);
    return { ...described(choice, rules), ...(isCurrent && { description: vscode.l10n.t('current') }), choice };
  });
  if (choices.some(({ kind }) => kind === 'budget')) {
    items.push({ label: vscode.l10n.t('Another budget…'), choice: 'another' });
  }
  const picked = await pickOne(items, {
    title: vscode.l10n.t('Thinking'),
    placeHolder: vscode.l10n.t('How {0} thinks before it answers, in this conversation', model),
  });
  const choice = picked?.choice === 'another' ? await askForBudget(maxTokens) : picked?.choice;
  if (!choice) return;
  const wanted = thinkingOf(choice, thinking);
  unsent.parameters = { ...without(unsent.parameters, ['thinking']), ...(wanted && { thinking: wanted }) };
}

function described(choice: ThinkingChoice, { thinking }: ModelRules): { label: string; detail: string } {
  const { t } = vscode.l10n;
  switch (choice.kind) {
    case 'model':
      return thinking === 'budget'
        ? { label: t('Off'), detail: t('It answers at once') }
        : { label: t('As the model does by itself'), detail: t('Nothing is said of it in the request') };
    case 'off':
      return { label: t('Off'), detail: t('It answers at once') };
    case 'adaptive':
      return { label: t('Adaptive'), detail: t('The model decides when to think, and how long') };
    case 'budget': {
      const tokens = new Intl.NumberFormat(vscode.env.language).format(choice.budgetTokens);
      return { label: t('Up to {0} tokens', tokens), detail: t('They count as output, and are paid as such') };
    }
  }
}

async function askForBudget(maxTokens: number): Promise<ThinkingChoice | undefined> {
  const typed = await askForText({
    title: vscode.l10n.t('Budget for Thinking'),
    prompt: vscode.l10n.t('Tokens: {0} or more, and less than the {1} of the whole answer', leastBudget, maxTokens),
    validateInput: text => {
      const budget = Number(text.trim());
      return Number.isInteger(budget) && budget >= leastBudget && budget < maxTokens
        ? undefined
        : vscode.l10n.t('A whole number from {0} to {1}', leastBudget, maxTokens - 1);
    },
  });
  return typed === undefined ? undefined : { kind: 'budget', budgetTokens: Number(typed.trim()) };
}
