/** A refusal in the service's own terms: thrown by the validation, written as JSON by the server. */
export class ApiError extends Error {
  readonly status: number;
  readonly type: string;

  constructor(status: number, type: string, message: string) {
    super(message);
    this.status = status;
    this.type = type;
  }
}

export function invalid(message: string): ApiError {
  return new ApiError(400, 'invalid_request_error', message);
}

export type ErrorShape = 'anthropic' | 'relay' | 'string' | 'nested' | 'html' | 'empty';

const TYPE_OF_STATUS: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  409: 'conflict_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

const MESSAGE_OF_TYPE: Readonly<Record<string, string>> = {
  authentication_error: 'invalid x-api-key',
  billing_error: 'Your credit balance is too low to access the API.',
  permission_error: 'Your API key does not have permission to use the specified resource.',
  not_found_error: 'Not Found',
  request_too_large: 'Request exceeds the maximum size',
  rate_limit_error: 'This request would exceed your rate limit.',
  api_error: 'Internal server error',
  timeout_error: 'Request timed out',
  overloaded_error: 'Overloaded',
};

export function errorTypeOfStatus(status: number): string {
  return TYPE_OF_STATUS[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error');
}

export function defaultMessage(type: string): string {
  return MESSAGE_OF_TYPE[type] ?? 'Invalid request';
}

export function errorObject(type: string, message: string, requestId?: string): object {
  return { type: 'error', error: { type, message }, ...(requestId === undefined ? {} : { request_id: requestId }) };
}

/** The same refusal as the service, and the relays in front of it, would write it. */
export function errorBody(
  shape: ErrorShape,
  error: { readonly status: number; readonly type: string; readonly message: string },
  requestId: string,
): { readonly contentType: string; readonly text: string } {
  const json = (value: object): { contentType: string; text: string } => ({
    contentType: 'application/json',
    text: JSON.stringify(value),
  });
  switch (shape) {
    case 'anthropic':
      return json(errorObject(error.type, error.message, requestId));
    case 'relay':
      return json({
        error: { message: `${error.message} (request id: ${requestId})`, type: error.type, param: '', code: '' },
      });
    case 'string':
      return json({ error: errorTitle(error.status), message: error.message });
    case 'nested':
      return json({
        type: 'error',
        error: { type: 'request_fail', upstream_error: errorObject(error.type, error.message) },
      });
    case 'html':
      return {
        contentType: 'text/html; charset=UTF-8',
        text: `<!DOCTYPE html>\n<html><head><title>${String(error.status)} ${errorTitle(error.status)}</title></head>\n<body><center><h1>${String(error.status)} ${errorTitle(error.status)}</h1></center><hr><center>demo</center></body></html>\n`,
      };
    case 'empty':
      return { contentType: 'text/plain', text: '' };
  }
}

function errorTitle(status: number): string {
  if (status >= 500) return 'Bad Gateway';
  return status === 429 ? 'Too Many Requests' : 'Invalid request';
}
