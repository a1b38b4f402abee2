import * as vscode from 'vscode';
import { failureOf } from '../../core/mcp/connection.ts';
import { oneLine } from '../../core/mcp/serverPrompt.ts';
import { addressOf, type SignInMemory } from '../../core/mcp/signIns.ts';
import { showWarning } from '../show.ts';

/** Milliseconds that the authorization server has to forget a sign-in as well. */
const revokeLimitMs = 30_000;

/** Forgets the sign-in, whatever the authorization server says, and has that forget it, too: nobody waits for it. */
export async function signOutOfServer(name: string, url: string, memory: SignInMemory): Promise<void> {
  const address = addressOf(url);
  const kept = await memory.read(address);
  await memory.write(address, undefined);
  void revokeThere(name, url, kept);
}

/** Never rejects. */
async function revokeThere(name: string, url: string, kept: unknown): Promise<void> {
  try {
    // A bundle of its own beside extension.cjs; see esbuild.mjs.
    const { revoke } = await import('./mcp.cjs');
    await revoke(url, kept, {
      // The editor replaces it while it starts, so it is looked up when it is used.
      fetch: (input, init) => fetch(input, init),
      signal: AbortSignal.timeout(revokeLimitMs),
    });
  } catch (error) {
    const reason = oneLine(failureOf(error).detail);
    const text = vscode.l10n.t(
      'Signed out of the MCP server “{0}” here. Its token could not be revoked there, and may still be valid: {1}',
      name,
      reason,
    );
    void showWarning(text);
  }
}
