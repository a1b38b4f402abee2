import type { IncomingMessage } from 'node:http';
import { authorize } from './authorize.ts';
import type { PromptCache } from './cache.ts';
import { compose } from './answers/compose.ts';
import { messageObject } from './events.ts';
import { ApiError, defaultMessage, errorBody, errorTypeOfStatus, invalid } from './errors.ts';
import type { FaultQueue, Faults, FaultyRoute } from './faults.ts';
import { commonHeaders } from './headers.ts';
import { parseJson } from './json.ts';
import { limited } from './limits.ts';
import { listedModels, modelById } from './models.ts';
import type { Output } from './output.ts';
import type { PaceOption } from './pace.ts';
import { pace } from './pace.ts';
import { newId } from './random.ts';
import { scriptedAnswer } from './script.ts';
import { writeStream } from './stream.ts';
import { inputTokens, outputTokens } from './usage.ts';
import { validateMessages } from './validate.ts';
import type { AnsweredMessage, MessagesRequest } from './wire.ts';
import { setTimeout as sleep } from 'node:timers/promises';

/** What outlives one request. */
export interface Surroundings {
  readonly faults: FaultQueue;
  readonly cache: PromptCache;
  pace: PaceOption;
  readonly keys: readonly string[] | undefined;
}

/** One request and the way back. */
export interface Exchange {
  readonly request: IncomingMessage;
  /** Undefined when it was longer than the service takes. */
  readonly text: string | undefined;
  readonly requestId: string;
  readonly faults: Faults;
  readonly output: Output;
}

export function faultyRoute(request: IncomingMessage): FaultyRoute {
  const path = pathOf(request);
  if (path === '/v1/messages/count_tokens') return 'count_tokens';
  return path.startsWith('/v1/models') ? 'models' : 'messages';
}

export async function respond(exchange: Exchange, surroundings: Surroundings): Promise<void> {
  const silence = exchange.faults.get('silence');
  if (silence !== undefined) await sleep(silence.ms, undefined, { signal: exchange.output.signal });
  if (await failedOnPurpose(exchange)) return;
  try {
    await route(exchange, surroundings);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { contentType, text } = errorBody('anthropic', error, exchange.requestId);
    await send(exchange, error.status, contentType, text);
  }
}

async function route(exchange: Exchange, surroundings: Surroundings): Promise<void> {
  const path = pathOf(exchange.request);
  const method = exchange.request.method ?? '';
  if (path === '/v1/messages' || path === '/v1/messages/count_tokens') {
    allowOnly('POST', method);
    authorize(exchange.request.headers, surroundings.keys);
    if (path === '/v1/messages') await answerMessages(exchange, surroundings);
    else await sendJson(exchange, { input_tokens: inputTokens(parsed(exchange, 'count').prompt) });
  } else if (path === '/v1/models' || path.startsWith('/v1/models/')) {
    allowOnly('GET', method);
    authorize(exchange.request.headers, surroundings.keys);
    await sendJson(exchange, path === '/v1/models' ? modelList() : oneModel(path.slice('/v1/models/'.length)));
  } else {
    throw new ApiError(404, 'not_found_error', 'Not Found');
  }
}

async function answerMessages(exchange: Exchange, surroundings: Surroundings): Promise<void> {
  const { faults, output } = exchange;
  const request = parsed(exchange, 'create');
  const message = answered(request, faults, surroundings.cache);
  const stream = (request.stream && !faults.has('jsonForStream')) || faults.has('streamForJson');
  const tempo = pace(surroundings.pace, exchange.text ?? '');
  if (stream) {
    output.head(200, headers(exchange, 'text/event-stream; charset=utf-8'));
    await writeStream(message, output, faults, tempo);
    return;
  }
  await tempo.beforeFirst(output.signal);
  const body = messageObject(message);
  await sendJson(exchange, faults.has('envelope') ? { code: 200, data: body } : body);
}

function answered(request: MessagesRequest, faults: Faults, cache: PromptCache): AnsweredMessage {
  const script = faults.get('script');
  const answer = script === undefined ? limited(compose(request), request) : scriptedAnswer(script);
  return {
    id: newId('msg'),
    model: faults.get('otherModel')?.model ?? request.model.id,
    answer,
    usage: { ...cache.read(request), output_tokens: outputTokens(answer.blocks), service_tier: 'standard' },
  };
}

function parsed(exchange: Exchange, purpose: 'create' | 'count'): MessagesRequest {
  if (exchange.text === undefined) {
    throw new ApiError(413, 'request_too_large', defaultMessage('request_too_large'));
  }
  const json = parseJson(exchange.text);
  if ('problem' in json) throw invalid(`The request body is not valid JSON: ${json.problem}`);
  return validateMessages(json.value, exchange.request.headers, purpose);
}

/** The faults that need no valid request. */
async function failedOnPurpose(exchange: Exchange): Promise<boolean> {
  const status = exchange.faults.get('status');
  if (status !== undefined) {
    const type = status.type ?? errorTypeOfStatus(status.status);
    const error = { status: status.status, type, message: status.message ?? defaultMessage(type) };
    const { contentType, text } = errorBody(status.shape ?? 'anthropic', error, exchange.requestId);
    await send(exchange, status.status, contentType, status.body ?? text, status.headers);
    return true;
  }
  const envelope = exchange.faults.get('envelopeError');
  if (envelope !== undefined) await sendJson(exchange, { code: envelope.code, message: envelope.message });
  return envelope !== undefined;
}

function modelList(): object {
  const data = listedModels();
  const ids = data.map(model => ('id' in model ? model.id : null));
  return { data, has_more: false, first_id: ids.at(0) ?? null, last_id: ids.at(-1) ?? null };
}

function oneModel(id: string): object {
  const model = modelById(decodeURIComponent(id));
  if (model === undefined) throw new ApiError(404, 'not_found_error', `model: ${id}`);
  return model;
}

function allowOnly(allowed: string, method: string): void {
  if (method !== allowed) throw new ApiError(405, 'invalid_request_error', 'Method Not Allowed');
}

function pathOf(request: IncomingMessage): string {
  return new URL(request.url ?? '/', 'http://127.0.0.1').pathname;
}

async function sendJson(exchange: Exchange, body: object): Promise<void> {
  await send(exchange, 200, 'application/json', JSON.stringify(body));
}

async function send(
  exchange: Exchange,
  status: number,
  contentType: string,
  text: string,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  exchange.output.head(status, { ...headers(exchange, contentType), ...more });
  if (text !== '') await exchange.output.write(text);
  await exchange.output.end();
}

function headers(exchange: Exchange, contentType: string): Readonly<Record<string, string>> {
  return { ...commonHeaders(exchange.requestId), 'content-type': contentType };
}
