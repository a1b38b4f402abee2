/** The headers of every answer. The limits are those of a small account; they do not run out. */
export function commonHeaders(requestId: string): Readonly<Record<string, string>> {
  const reset = `${new Date(Date.now() + 1000).toISOString().slice(0, 19)}Z`;
  return {
    'request-id': requestId,
    'anthropic-organization-id': '00000000-0000-4000-8000-00000000de30',
    ...limit('requests', 1000, 999, reset),
    ...limit('input-tokens', 450_000, 449_000, reset),
    ...limit('output-tokens', 90_000, 89_000, reset),
    ...limit('tokens', 540_000, 538_000, reset),
    'cache-control': 'no-cache',
  };
}

function limit(what: string, most: number, remaining: number, reset: string): Readonly<Record<string, string>> {
  const name = `anthropic-ratelimit-${what}`;
  return { [`${name}-limit`]: String(most), [`${name}-remaining`]: String(remaining), [`${name}-reset`]: reset };
}
