import type { KeyHeaders } from '../../core/endpoint/authentication.ts';
import { knownAddresses } from '../../core/endpoint/keyPlaces.ts';
import type { Connection } from '../../core/request/requestSources.ts';
import type { ConnectionStatus } from '../../shared/protocol/connection.ts';
import type { ApiKeys } from './apiKeys.ts';
import { explainRefusal } from './baseUrlProblem.ts';
import type { ProjectRules } from '../workspace/projectRules.ts';
import { readBaseUrl, readBaseUrlText, readPresetBaseUrl, readSettings } from '../config.ts';

/** Settings and key as they are now, for one request. */
export async function connect(keys: ApiKeys, headers: KeyHeaders, rules: ProjectRules): Promise<Connection> {
  const settings = { ...readSettings(), rules: await rules.inEffect() };
  const baseUrl = readBaseUrl();
  if (!baseUrl.ok) {
    return { ok: false, settings, problem: { kind: 'badBaseUrl', detail: explainRefusal(baseUrl.refusal) } };
  }
  const { key, failure } = await keys.find(baseUrl.origin);
  if (failure !== undefined) return { ok: false, settings, problem: { kind: 'keyUnreadable', detail: failure } };
  if (key === '') return { ok: false, settings, problem: { kind: 'noKey', detail: baseUrl.origin } };
  return {
    ok: true,
    settings,
    endpoint: { messagesUrl: baseUrl.messagesUrl, key, ...headers.sendingTo(baseUrl.origin) },
  };
}

/** What the view shows of the connection. */
export async function connectionStatus(keys: ApiKeys): Promise<ConnectionStatus> {
  const { model } = readSettings();
  const baseUrl = readBaseUrl();
  if (!baseUrl.ok) return { origin: '', model, key: 'missing', baseUrlProblem: explainRefusal(baseUrl.refusal) };
  const { source } = await keys.find(baseUrl.origin);
  const addresses = source === 'missing' && { addresses: knownAddresses(readBaseUrlText(), readPresetBaseUrl()) };
  return { origin: baseUrl.origin, model, key: source, ...addresses };
}
