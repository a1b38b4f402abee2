/** Does in the extension host what a benchmark asks for over HTTP. Its port goes into the file that BENCH_PORT names. */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Link, type Shape } from './link.ts';

export function activate(context: vscode.ExtensionContext): void {
  const link = new Link(join(context.extensionPath, 'page.js.cjs'));
  context.subscriptions.push(vscode.window.registerWebviewViewProvider('bench.link', link));
  const actions: Record<string, (argument: string) => Promise<unknown>> = {
    focus: async view => {
      const askedAt = Date.now();
      await vscode.commands.executeCommand(`${view}.focus`, { preserveFocus: true });
      return askedAt;
    },
    run: async command => {
      await vscode.commands.executeCommand(command);
      return null;
    },
    isActive: id => Promise.resolve(vscode.extensions.getExtension(id)?.isActive ?? false),
    stream: shape => link.stream(shape as Shape),
  };
  const server = createServer((request, response) => {
    const [, name = '', argument = ''] = (request.url ?? '').split('/');
    void actions[name]?.(decodeURIComponent(argument)).then(
      result => response.end(JSON.stringify(result)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1', () => {
    writeFileSync(process.env['BENCH_PORT'] ?? '', String((server.address() as AddressInfo).port));
  });
  context.subscriptions.push({ dispose: () => server.close() });
}
