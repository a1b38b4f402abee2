import type { IncomingHttpHeaders } from 'node:http';
import { ApiError, invalid } from './errors.ts';

/** Versions of the API that the service still accepts. */
const VERSIONS: readonly string[] = ['2023-01-01', '2023-06-01', '2026-10-21'];

/** Refuses a request without a usable key or version. `x-api-key` wins over `authorization`, as on the service. */
export function authorize(headers: IncomingHttpHeaders, keys: readonly string[] | undefined): void {
  const apiKey = headers['x-api-key'];
  if (typeof apiKey === 'string') {
    if (!isAccepted(apiKey, keys)) throw unauthorized('invalid x-api-key');
  } else {
    const bearer = /^Bearer +(.*)$/i.exec(headers.authorization ?? '')?.[1];
    if (bearer === undefined) throw unauthorized('x-api-key header is required');
    if (!isAccepted(bearer, keys)) throw unauthorized('Invalid bearer token');
  }
  const version = headers['anthropic-version'];
  if (version === undefined) throw invalid('anthropic-version: header is required');
  if (typeof version !== 'string' || !VERSIONS.includes(version)) {
    throw invalid(`anthropic-version: "${String(version)}" is not a valid version`);
  }
}

function isAccepted(key: string, keys: readonly string[] | undefined): boolean {
  const trimmed = key.trim();
  return keys === undefined ? trimmed !== '' && !trimmed.includes('invalid') : keys.includes(trimmed);
}

function unauthorized(message: string): ApiError {
  return new ApiError(401, 'authentication_error', message);
}
