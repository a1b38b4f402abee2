import type { IncomingHttpHeaders } from 'node:http';
import { invalid } from '../errors.ts';

/** What the headers decide about the body. */
export interface Context {
  /** Version 2026-10-21 takes less than the ones before it. */
  readonly newestVersion: boolean;
  readonly betas: readonly string[];
}

const KNOWN_BETA =
  /^(computer-use|interleaved-thinking|fine-grained-tool-streaming|context-1m|context-management|files-api|token-efficient-tools|output-128k|prompt-caching|pdfs|token-counting|message-batches|mcp-client|extended-cache-ttl|code-execution|web-fetch|structured-outputs|model-context-window-exceeded|search-results|advanced-tool-use|effort|skills|compact|dev-full-thinking)-\d{4}-\d{2}-\d{2}$/;

export function contextOf(headers: IncomingHttpHeaders): Context {
  const header = headers['anthropic-beta'];
  const betas = (typeof header === 'string' ? header.split(',') : []).map(beta => beta.trim()).filter(Boolean);
  const unknown = betas.find(beta => !KNOWN_BETA.test(beta));
  if (unknown !== undefined) {
    throw invalid(
      `Unexpected value(s) \`${unknown}\` for the \`anthropic-beta\` header. Please consult our documentation or try again without the header.`,
    );
  }
  return { newestVersion: headers['anthropic-version'] === '2026-10-21', betas };
}
