import * as vscode from 'vscode';
import { singleChange } from '../../core/context/singleChange.ts';
import { realPlaceOf } from '../workspace/realPlaces.ts';
import { shown } from '../../shared/shown.ts';
import { showInformation, showWarning } from '../show.ts';

export const proposalScheme = 'marginalia-proposed';

/** What a file is to become. Nothing of it is written before the user has seen it and accepted. */
export interface Proposal {
  target: vscode.Uri;
  /** The file's text that the proposal was made for; undefined where there is no such file yet. */
  before: string | undefined;
  after: string;
  /** Makes the proposal anew, for the file as it is then. */
  again: () => Promise<void>;
  /** It has been accepted, and written. */
  accepted?: () => void;
}

/** What became of a proposal; where its change begins, if that was made in a file that was there. */
type Applied = vscode.Range | 'created' | 'changed' | 'refused';

/** Shows proposals as diffs, and writes those that are accepted: as one step to undo, and never over other changes. */
export class Proposals implements vscode.Disposable {
  /** By the address of the proposed text. */
  readonly #proposals = new Map<string, Proposal>();
  readonly #registrations: vscode.Disposable[];
  /** Those that are being written: a second click would find the file changed, by the first. */
  readonly #written = new Set<Proposal>();
  #count = 0;

  constructor() {
    this.#registrations = [
      vscode.workspace.registerTextDocumentContentProvider(proposalScheme, {
        provideTextDocumentContent: uri => this.#proposals.get(uri.toString())?.after ?? '',
      }),
      // A diff that is closed is a proposal that nobody wants.
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        for (const tab of closed) {
          const uri = proposedUri(tab);
          if (uri) this.#proposals.delete(uri.toString());
        }
      }),
    ];
    // Tabs of the last session have lost their text.
    void closeTabs(() => true);
  }

  async show(proposal: Proposal): Promise<void> {
    const { target, before } = proposal;
    // The path is the file's, and with it the language; the query tells one proposal from the next.
    const proposed = target.with({ scheme: proposalScheme, query: String(++this.#count), fragment: '' });
    this.#proposals.set(proposed.toString(), proposal);
    const left = before === undefined ? proposed.with({ query: 'nothing' }) : target;
    const name = target.path.split('/').at(-1) ?? '';
    const title =
      before === undefined ? vscode.l10n.t('{0} (New File)', name) : vscode.l10n.t('{0} (Proposed Change)', name);
    await vscode.commands.executeCommand('vscode.diff', left, proposed, shown(title), { preview: false });
  }

  /** `resource` is what the editor hands to a command in a title bar; else the diff that is active is meant. */
  async accept(resource: unknown): Promise<void> {
    const uri = this.#uriOf(resource);
    const proposal = uri && this.#proposals.get(uri.toString());
    if (!uri || !proposal) {
      void showInformation(vscode.l10n.t('There is no proposed change to accept.'));
      return;
    }
    if (this.#written.has(proposal)) return;
    this.#written.add(proposal);
    const state = await this.#apply(uri, proposal).finally(() => this.#written.delete(proposal));
    if (state === 'changed') return this.#offerAgain(uri, proposal);
    if (state === 'refused') {
      void showWarning(vscode.l10n.t('This file can’t be edited.'));
      return;
    }
    proposal.accepted?.();
    await vscode.window.showTextDocument(proposal.target, {
      preview: false,
      ...(state !== 'created' && { selection: state }),
    });
  }

  async discard(resource: unknown): Promise<void> {
    const uri = this.#uriOf(resource);
    if (uri) await this.#close(uri);
  }

  dispose(): void {
    for (const registration of this.#registrations) registration.dispose();
  }

  /** Changes the file and closes the diff, or does neither. */
  async #apply(uri: vscode.Uri, proposal: Proposal): Promise<Applied> {
    const state = proposal.before === undefined ? await this.#create(proposal) : await this.#write(proposal);
    if (state !== 'changed' && state !== 'refused') await this.#close(uri);
    return state;
  }

  async #write({ target, before, after }: Proposal): Promise<Exclude<Applied, 'created'>> {
    const document = await openDocument(target);
    if (!document || before === undefined || document.getText() !== before) return 'changed';
    const change = singleChange(before, after);
    const range = new vscode.Range(document.positionAt(change.start), document.positionAt(change.end));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(target, range, change.text);
    // Not saved: the user does that.
    return (await vscode.workspace.applyEdit(edit)) ? new vscode.Range(range.start, range.start) : 'refused';
  }

  async #create({ target, after }: Proposal): Promise<Applied> {
    if (await exists(target)) return 'changed';
    // Its folder may have become a link while the diff was looked at, and this writes to the disk.
    if ((await realPlaceOf(target)).isOutside) return 'refused';
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(target, { contents: new TextEncoder().encode(after) });
    return (await vscode.workspace.applyEdit(edit)) ? 'created' : 'refused';
  }

  async #offerAgain(uri: vscode.Uri, proposal: Proposal): Promise<void> {
    const again = vscode.l10n.t('Compare Again');
    const name = vscode.workspace.asRelativePath(proposal.target);
    const chosen = await showWarning(
      vscode.l10n.t('{0} has changed since this change was proposed, so nothing was applied.', name),
      again,
    );
    if (chosen !== again) return;
    await this.#close(uri);
    await proposal.again();
  }

  async #close(uri: vscode.Uri): Promise<void> {
    await closeTabs(other => other.toString() === uri.toString());
    this.#proposals.delete(uri.toString());
  }

  #uriOf(resource: unknown): vscode.Uri | undefined {
    if (resource instanceof vscode.Uri && resource.scheme === proposalScheme) return resource;
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    return tab && proposedUri(tab);
  }
}

function proposedUri({ input }: vscode.Tab): vscode.Uri | undefined {
  const isOurs = input instanceof vscode.TabInputTextDiff && input.modified.scheme === proposalScheme;
  return isOurs ? input.modified : undefined;
}

async function closeTabs(which: (proposed: vscode.Uri) => boolean): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap(group => group.tabs);
  await vscode.window.tabGroups.close(
    tabs.filter(tab => {
      const uri = proposedUri(tab);
      return uri !== undefined && which(uri);
    }),
  );
}

async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
