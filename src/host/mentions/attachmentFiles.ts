import * as vscode from 'vscode';
import { attachmentBlock } from '../../core/context/attachmentBlocks.ts';
import type { Attachment, CodeAttachment } from '../../shared/attachment.ts';

const scheme = 'marginalia-attachment';

/** Opens what is attached: in its own file, or as a file that can only be read and holds what is sent. */
export class AttachmentFiles implements vscode.Disposable {
  readonly #find: (id: string) => Attachment | undefined;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #registration: vscode.Disposable;

  /** `find` gives what is attached in the conversation that is shown. */
  constructor(find: (id: string) => Attachment | undefined) {
    this.#find = find;
    this.#registration = vscode.workspace.registerFileSystemProvider(scheme, this.#provider(), { isReadonly: true });
  }

  async open(attachment: Attachment, asSent: boolean): Promise<void> {
    if (attachment.kind === 'code' && !asSent && (await showLines(attachment))) return;
    if ('source' in attachment && attachment.source.type === 'url') {
      await vscode.env.openExternal(vscode.Uri.parse(attachment.source.url, true));
      return;
    }
    const uri = vscode.Uri.from({ scheme, path: `/${attachment.id}/${fileNameOf(attachment)}` });
    await vscode.commands.executeCommand('vscode.open', uri, { preview: true });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }

  #provider(): vscode.FileSystemProvider {
    const read = (uri: vscode.Uri): Uint8Array => {
      const attachment = this.#find(uri.path.split('/')[1] ?? '');
      if (!attachment) throw vscode.FileSystemError.FileNotFound(uri);
      return bytesOf(attachment);
    };
    const refuse = (): never => {
      throw vscode.FileSystemError.NoPermissions();
    };
    return {
      onDidChangeFile: this.#changed.event,
      watch: () => new vscode.Disposable(() => undefined),
      stat: uri => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: read(uri).length }),
      readFile: read,
      readDirectory: () => [],
      createDirectory: refuse,
      writeFile: refuse,
      delete: refuse,
      rename: refuse,
    };
  }
}

async function showLines({ subject, excerpt }: CodeAttachment): Promise<boolean> {
  const { uri, startLine, endLine } = excerpt;
  const lines = new vscode.Range(startLine - 1, 0, endLine - 1, Number.MAX_SAFE_INTEGER);
  try {
    // In a file that is selected as a whole, the next key would take its place.
    const selection = subject === 'file' ? {} : { selection: lines };
    await vscode.window.showTextDocument(vscode.Uri.parse(uri, true), { ...selection, preview: true });
    return true;
  } catch {
    // The file may be gone since; what was attached is still there.
    return false;
  }
}

function bytesOf(attachment: Attachment): Uint8Array {
  switch (attachment.kind) {
    case 'code':
      return Buffer.from(attachment.excerpt.code);
    case 'text': {
      const block = attachmentBlock(attachment);
      return Buffer.from(block.type === 'text' ? `${block.text}\n` : '');
    }
    case 'image':
    case 'document':
      return Buffer.from(attachment.source.type === 'base64' ? attachment.source.data : '', 'base64');
  }
}

function fileNameOf(attachment: Attachment): string {
  switch (attachment.kind) {
    case 'code':
      return attachment.excerpt.path.split('/').at(-1) ?? attachment.name;
    case 'text':
      return `${attachment.name.replace(/[/\\:]+/g, ' ').trim()}.md`;
    case 'image':
    case 'document':
      return attachment.name.replace(/[/\\]+/g, ' ');
  }
}
