import * as vscode from 'vscode';
import { isNamed, type SymbolHit } from '../../core/context/symbolMatches.ts';
import type { PathPeek } from '../../shared/protocol/paths.ts';
import { parseSymbol } from '../../shared/symbolNames.ts';
import { pickOne, showWarning } from '../show.ts';
import { displayPath } from './excerpts.ts';
import { openAt, peekAt } from './workspacePaths.ts';

/** Milliseconds for which an answer is given again without asking the languages: one may still be reading its files. */
const rememberMs = 60_000;
const rememberNothingMs = 10_000;
const mostRemembered = 2_000;
/** A name that more places have means none of them. */
const mostPlaces = 8;
/** Questions that the languages get at once, and the milliseconds for one of them and for all of an answer's. */
const atOnce = 3;
const oneLimitMs = 1_500;
const allLimitMs = 4_000;
/** Milliseconds without a question after one that took too long: an index is being made. */
const restMs = 15_000;

/** As languages report it: some leave out what it stands in. */
type Reported = Omit<vscode.SymbolInformation, 'containerName'> & { containerName?: string };
type Place = vscode.Location & { container: string };

/**
 * Finds the symbols that an answer names, and only those of the folders that are open. The languages that have started are
 * asked; none starts for it.
 */
export class WorkspaceSymbols {
  readonly #remembered = new Map<string, { places: Place[]; at: number }>();
  #restsUntil = 0;

  /** Those of the names that there are. */
  async find(names: readonly string[]): Promise<string[]> {
    const end = Date.now() + allLimitMs;
    const unknown = names.filter(name => !this.#isFresh(name));
    const ask = async (): Promise<void> => {
      for (let name = unknown.shift(); name !== undefined && Date.now() < end; name = unknown.shift()) {
        await this.#lookUp(name);
      }
    };
    if (isCodeOpen()) await Promise.all(Array.from({ length: atOnce }, ask));
    return names.filter(name => this.#placesOf(name).length > 0);
  }

  /** The lines of the one that has the name; null where there are several. */
  async peek(name: string): Promise<PathPeek | null> {
    const [only, ...others] = this.#placesOf(name);
    return only && others.length === 0 ? peekAt(only.uri, { line: only.range.start.line + 1 }) : null;
  }

  /** Opens it, after it has been looked for once more; where there are several, the user chooses. */
  async open(name: string, isBeside = false): Promise<void> {
    this.#restsUntil = 0;
    await this.#lookUp(name);
    const places = this.#placesOf(name);
    if (places.length === 0) {
      void showWarning(vscode.l10n.t('{0} is not found any more.', name));
      return;
    }
    const place = places.length === 1 ? places[0] : await choosePlace(name, places);
    if (!place) return;
    const { line, character } = place.range.start;
    await openAt(place.uri, { line: line + 1, column: character + 1 }, isBeside);
  }

  #isFresh(name: string): boolean {
    const known = this.#remembered.get(name);
    if (!known) return false;
    return Date.now() - known.at < (known.places.length > 0 ? rememberMs : rememberNothingMs);
  }

  #placesOf(name: string): Place[] {
    return this.#remembered.get(name)?.places ?? [];
  }

  async #lookUp(name: string): Promise<void> {
    if (Date.now() < this.#restsUntil) return;
    const places = await Promise.race([placesNamed(name), nothingAfter(oneLimitMs)]);
    if (!places) {
      this.#restsUntil = Date.now() + restMs;
      return;
    }
    if (this.#remembered.size > mostRemembered) this.#remembered.clear();
    this.#remembered.set(name, { places: places.length > mostPlaces ? [] : places, at: Date.now() });
  }
}

/** Languages start with the first file of theirs: before that there is nobody to ask. */
function isCodeOpen(): boolean {
  return vscode.workspace.textDocuments.some(
    ({ uri, languageId }) => vscode.workspace.getWorkspaceFolder(uri) !== undefined && languageId !== 'plaintext',
  );
}

async function placesNamed(text: string): Promise<Place[]> {
  const wanted = parseSymbol(text);
  if (!wanted) return [];
  const found = await vscode.commands
    .executeCommand<Reported[] | undefined>('vscode.executeWorkspaceSymbolProvider', wanted.name)
    .then(
      symbols => symbols ?? [],
      () => [],
    );
  const places = found.flatMap(({ name, kind, containerName, location }): [string, Place][] => {
    const role = roles[kind];
    const { uri, range } = location;
    const container = containerName ?? '';
    if (!role || !isOfProject(uri) || !isNamed({ name, container, role }, wanted)) return [];
    return [[`${uri.toString()}:${range.start.line}`, { uri, range, container }]];
  });
  return [...new Map(places).values()];
}

function isOfProject(uri: vscode.Uri): boolean {
  return (
    vscode.workspace.getWorkspaceFolder(uri) !== undefined && !/\/(?:node_modules|bower_components)\//.test(uri.path)
  );
}

/** Constructors are left out: their class has the name. */
const roles: Partial<Record<vscode.SymbolKind, SymbolHit['role']>> = {
  [vscode.SymbolKind.Class]: 'declaration',
  [vscode.SymbolKind.Interface]: 'declaration',
  [vscode.SymbolKind.Enum]: 'declaration',
  [vscode.SymbolKind.Struct]: 'declaration',
  [vscode.SymbolKind.Module]: 'declaration',
  [vscode.SymbolKind.Namespace]: 'declaration',
  [vscode.SymbolKind.Object]: 'declaration',
  [vscode.SymbolKind.Function]: 'declaration',
  [vscode.SymbolKind.Method]: 'declaration',
  // The alias of a type, in Rust.
  [vscode.SymbolKind.TypeParameter]: 'declaration',
  [vscode.SymbolKind.Variable]: 'variable',
  [vscode.SymbolKind.Constant]: 'variable',
  [vscode.SymbolKind.Property]: 'member',
  [vscode.SymbolKind.Field]: 'member',
  [vscode.SymbolKind.EnumMember]: 'member',
};

async function choosePlace(name: string, places: readonly Place[]): Promise<Place | undefined> {
  const items = places.map(place => ({
    label: place.container === '' ? name : `${name} – ${place.container}`,
    description: `${displayPath(place.uri)}:${place.range.start.line + 1}`,
    place,
  }));
  return (await pickOne(items, { placeHolder: vscode.l10n.t('Which one?'), matchOnDescription: true }))?.place;
}

function nothingAfter(milliseconds: number): Promise<undefined> {
  return new Promise(resolve => setTimeout(() => resolve(undefined), milliseconds));
}
