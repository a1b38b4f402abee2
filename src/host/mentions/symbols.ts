import * as vscode from 'vscode';
import { symbolAt } from '../../core/context/symbolMatches.ts';
import { displayPath, excerptOf, symbolsOf } from '../workspace/excerpts.ts';
import { readExcerpt } from './readFile.ts';
import type { Reading } from './reading.ts';
import { unmasked } from './unmasked.ts';

/** A symbol that can be attached. `range` may be no more than its name. */
export interface FoundSymbol {
  name: string;
  kind: vscode.SymbolKind;
  uri: vscode.Uri;
  range: vscode.Range;
  /** What it stands in; may be empty. */
  container: string;
}

/** The symbols of a document whose names fit, then those that the languages find in the workspace. */
export async function findSymbols(
  query: string,
  document: vscode.TextDocument | undefined,
  limit: number,
): Promise<FoundSymbol[]> {
  const here = document ? flatten(await symbolsOf(document.uri), document.uri, '') : [];
  const wanted = query.toLowerCase();
  const fitting = here
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .toSorted((one, other) => startRank(one.name, wanted) - startRank(other.name, wanted));
  if (query === '') return fitting.slice(0, limit);
  const elsewhere = (await workspaceSymbols(query)).filter(({ uri }) => uri.toString() !== document?.uri.toString());
  return [...fitting, ...elsewhere].slice(0, limit);
}

function startRank(name: string, wanted: string): number {
  return name.toLowerCase().startsWith(wanted) ? 0 : 1;
}

/** A symbol with its whole range, as its file is now. */
export async function readSymbol(id: string, symbol: FoundSymbol): Promise<Reading> {
  const { uri, range } = symbol;
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const whole = symbolAt(await symbolsOf(uri), range.start)?.range ?? range;
    return await unmasked(uri, readExcerpt(id, 'symbol', excerptOf(document, whole.start.line, whole.end.line)));
  } catch {
    return { refusal: vscode.l10n.t('{0} cannot be read.', displayPath(uri)) };
  }
}

/** Headings and the keys of data as well; single values say little by themselves. */
const attachable = new Set([
  vscode.SymbolKind.Class,
  vscode.SymbolKind.Constructor,
  vscode.SymbolKind.Enum,
  vscode.SymbolKind.Function,
  vscode.SymbolKind.Interface,
  vscode.SymbolKind.Method,
  vscode.SymbolKind.Module,
  vscode.SymbolKind.Namespace,
  vscode.SymbolKind.Object,
  vscode.SymbolKind.Struct,
  vscode.SymbolKind.Variable,
  vscode.SymbolKind.Constant,
  vscode.SymbolKind.Property,
  vscode.SymbolKind.Field,
  vscode.SymbolKind.TypeParameter,
  vscode.SymbolKind.Event,
  vscode.SymbolKind.EnumMember,
  vscode.SymbolKind.Package,
  vscode.SymbolKind.Key,
  vscode.SymbolKind.Array,
  // How headings are reported.
  vscode.SymbolKind.String,
]);

function flatten(symbols: readonly vscode.DocumentSymbol[], uri: vscode.Uri, container: string): FoundSymbol[] {
  return symbols.flatMap(({ name, kind, range, children }) => [
    ...(attachable.has(kind) ? [{ name, kind, uri, range, container }] : []),
    ...flatten(children, uri, name),
  ]);
}

async function workspaceSymbols(query: string): Promise<FoundSymbol[]> {
  const found: unknown = await vscode.commands.executeCommand('vscode.executeWorkspaceSymbolProvider', query);
  if (!Array.isArray(found)) return [];
  return (found as vscode.SymbolInformation[]).map(({ name, kind, location, containerName }) => ({
    // Some languages write what a function takes behind its name.
    name: name.replace(/\(\)$/, ''),
    kind,
    uri: location.uri,
    range: location.range,
    container: containerName,
  }));
}

const icons: Partial<Record<vscode.SymbolKind, string>> = {
  [vscode.SymbolKind.Class]: 'symbol-class',
  [vscode.SymbolKind.Interface]: 'symbol-interface',
  [vscode.SymbolKind.Enum]: 'symbol-enum',
  [vscode.SymbolKind.Struct]: 'symbol-structure',
  [vscode.SymbolKind.Module]: 'symbol-namespace',
  [vscode.SymbolKind.Namespace]: 'symbol-namespace',
  [vscode.SymbolKind.Object]: 'symbol-namespace',
  [vscode.SymbolKind.Function]: 'symbol-method',
  [vscode.SymbolKind.Method]: 'symbol-method',
  [vscode.SymbolKind.Constructor]: 'symbol-method',
  [vscode.SymbolKind.Property]: 'symbol-property',
  [vscode.SymbolKind.Field]: 'symbol-property',
};

export function symbolIcon(kind: vscode.SymbolKind): string {
  return icons[kind] ?? 'symbol-variable';
}
