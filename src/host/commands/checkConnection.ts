import type { KeyHeaders } from '../../core/endpoint/authentication.ts';
import * as vscode from 'vscode';
import {
  checkConnection as runCheck,
  type CheckReport,
  checkSteps,
  profileOf,
} from '../../core/endpoint/checkConnection.ts';
import { mostProbeTokens, paidProbes } from '../../core/endpoint/probeRequests.ts';
import type { ProbeSubject } from '../../core/endpoint/probes.ts';
import type { ExchangeLog } from '../../core/inspect/exchangeLog.ts';
import type { CapabilityProfiles } from '../../core/endpoint/profile.ts';
import { parseBaseUrl, suggestBaseUrl } from '../../core/transport/baseUrl.ts';
import type { ModelCatalog } from '../../core/endpoint/modelCatalog.ts';
import type { Transport } from '../../core/transport/transport.ts';
import type { ApiKeys } from '../connection/apiKeys.ts';
import { explainRefusal } from '../connection/baseUrlProblem.ts';
import { readBaseUrlText, readSettings, saveBaseUrl } from '../config.ts';
import { reportText, stepName } from '../connection/connectionReport.ts';
import type { ReportDocument } from '../panels/reportDocument.ts';
import { runCommand } from '../runCommand.ts';
import { dollarsText } from '../../shared/budgetText.ts';
import { askFirst, showError, showInformation, showProgress, showWarning } from '../show.ts';

export interface CheckParts {
  keys: ApiKeys;
  keyHeaders: KeyHeaders;
  catalog: ModelCatalog;
  profiles: CapabilityProfiles;
  reports: ReportDocument;
  log: ExchangeLog;
  /** One with no open connection. */
  openTransport: () => Promise<Transport>;
}

/** Finds out what the endpoint can do, shows it as a report, and offers to correct the base URL. */
export async function checkConnection(parts: CheckParts): Promise<void> {
  const typed = readBaseUrlText();
  const baseUrl = parseBaseUrl(typed);
  if (!baseUrl.ok) {
    await offerBaseUrl(explainRefusal(baseUrl.refusal), suggestBaseUrl(typed), 'error');
    return;
  }
  const { origin, tidy, messagesUrl, modelsUrl } = baseUrl;
  const { key } = await parts.keys.find(origin);
  const { model } = readSettings();
  const { keyAs } = parts.keyHeaders.sendingTo(origin);
  const subject = { messagesUrl, modelsUrl, key, keyAs, model, rules: parts.catalog.rulesFor(model) };
  if (key !== '' && !(await confirmCost(origin, subject))) return;
  const report = await runWithProgress(subject, parts);
  if (report.models && report.models.length > 0) parts.catalog.learn(origin, report.models);
  const profile = profileOf(report);
  if (profile) parts.profiles.keep(origin, profile);
  const when = new Intl.DateTimeFormat(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' }).format();
  const text = reportText(report, { hasKey: key !== '', when }, vscode.l10n.t);
  await parts.reports.show(vscode.l10n.t('Connection Check'), text);
  await offerNext(report, typed.trim(), tidy, key !== '');
}

/** Says what the check costs before anything is sent, and asks. */
async function confirmCost(origin: string, { model, rules }: ProbeSubject): Promise<boolean> {
  const { input, output } = mostProbeTokens(model, rules);
  const tokens = new Intl.NumberFormat(vscode.env.language).format(input + output);
  const sent = vscode.l10n.t(
    '{0} small requests go to {1}, {2} of them paid for with your key. Together they use a few hundred tokens, {3} at most.',
    paidProbes.length + 4,
    origin,
    paidProbes.length,
    tokens,
  );
  const dollars = rules.price && (input * rules.price.input + output * rules.price.output) / 1_000_000;
  const cost =
    dollars === undefined || rules.priceSource !== 'list'
      ? ''
      : vscode.l10n.t(
          'By the vendor’s price list that is less than {0}; a relay charges its own price.',
          upTo(dollars),
        );
  const check = vscode.l10n.t('Check');
  const detail = [sent, cost].filter(text => text !== '').join('\n\n');
  return askFirst('information', vscode.l10n.t('Check the connection with {0}?', model), detail, check);
}

/** Whole cents, rounded up. */
function upTo(dollars: number): string {
  return dollarsText(Math.ceil(dollars * 100) / 100, vscode.env.language);
}

async function runWithProgress(subject: ProbeSubject, { openTransport, log }: CheckParts): Promise<CheckReport> {
  const title = vscode.l10n.t('Checking {0}', new URL(subject.messagesUrl).origin);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return showProgress(options, async (report, cancellation) => {
    const stop = new AbortController();
    cancellation.onCancellationRequested(() => stop.abort());
    const transport = await openTransport();
    try {
      return await runCheck(
        subject,
        { transport, now: Date.now, log },
        step => report(stepName(step, vscode.l10n.t), 100 / checkSteps.length),
        stop.signal,
      );
    } finally {
      await transport.close();
    }
  });
}

async function offerNext(report: CheckReport, typed: string, tidy: string, hasKey: boolean): Promise<void> {
  const { outcomes, foundAt } = report;
  if (foundAt !== undefined) {
    await offerBaseUrl(vscode.l10n.t('The base URL does not lead to the Messages API; {0} does.', foundAt), foundAt);
  } else if (!hasKey || outcomes.key.result === 'no') {
    const set = vscode.l10n.t('Set API Key');
    const text = hasKey
      ? vscode.l10n.t('{0} does not accept the API key.', report.origin)
      : vscode.l10n.t('There is no API key for {0}.', report.origin);
    if ((await showWarning(text, set)) === set) {
      await runCommand('marginalia.setApiKey');
    }
  } else if (outcomes.answer.problem?.kind === 'notFound' || outcomes.answer.problem?.kind === 'permission') {
    const choose = vscode.l10n.t('Choose Model');
    const text = vscode.l10n.t('{0} does not answer with the model {1}.', report.origin, report.model);
    if ((await showWarning(text, choose)) === choose) {
      await runCommand('marginalia.chooseModel');
    }
  } else if (typed !== tidy) {
    await offerBaseUrl(vscode.l10n.t('The base URL works; its plain form is {0}.', tidy), tidy);
  }
}

/** Says what is wrong with the base URL and offers a better one, where there is one, or the setting. */
async function offerBaseUrl(
  text: string,
  better: string | undefined,
  severity: 'error' | 'hint' = 'hint',
): Promise<void> {
  const use = vscode.l10n.t('Use {0}', better ?? '');
  const open = vscode.l10n.t('Open Settings');
  const show = severity === 'error' ? showError : showInformation;
  const chosen = await (better === undefined ? show(text, open) : show(text, use, open));
  if (chosen === open) await vscode.commands.executeCommand('workbench.action.openSettings', 'marginalia.baseUrl');
  else if (chosen === use && better !== undefined) await saveBaseUrl(better);
}
