import * as vscode from 'vscode';
import type { ModelNeed } from '../../core/chat/modelChoice.ts';
import type { ModelCatalog } from '../../core/endpoint/modelCatalog.ts';
import { fetchModelList } from '../../core/endpoint/modelList.ts';
import type { Transport } from '../../core/transport/transport.ts';
import { problemText } from '../../shared/problemText.ts';
import { shown } from '../../shared/shown.ts';
import type { ApiKeys } from '../connection/apiKeys.ts';
import { explainRefusal } from '../connection/baseUrlProblem.ts';
import { readBaseUrl } from '../config.ts';
import type { FavouriteModels } from '../models/favouriteModels.ts';
import { groupModels } from '../models/modelChoices.ts';
import type { RecentModels } from '../models/recentModels.ts';
import { runCommand } from '../runCommand.ts';
import { askForText, createPicker, shownItem } from '../show.ts';

export interface ModelSources {
  /** The id of the model that would be asked now. */
  current: () => string;
  keys: ApiKeys;
  catalog: ModelCatalog;
  recent: RecentModels;
  favourites: FavouriteModels;
  transport: () => Promise<Transport>;
}

type ModelItem = vscode.QuickPickItem & { id?: string; isNotice?: boolean };

/**
 * Offers the endpoint's models, which it asks for where its list is old, and takes any other id, of which nobody knows how
 * large its window is. Undefined where the user has left.
 */
export async function pickModel(sources: ModelSources, need: ModelNeed = {}): Promise<string | undefined> {
  const chosen = await new ModelPicker(sources, need).choose();
  const id = chosen === 'another' ? await askForId(sources.current()) : chosen;
  if (id === undefined || id === '') return undefined;
  sources.recent.add(id);
  return id;
}

async function askForId(current: string): Promise<string | undefined> {
  const typed = await askForText({
    title: vscode.l10n.t('Model'),
    prompt: vscode.l10n.t('Any model id that the endpoint knows'),
    value: current,
    validateInput: text =>
      text.trim().length > 256 ? vscode.l10n.t('A model id has at most 256 characters.') : undefined,
  });
  return typed?.trim();
}

class ModelPicker {
  readonly #sources: ModelSources;
  readonly #picker = createPicker<ModelItem>();
  readonly #current: string;
  readonly #largerThan: number | undefined;
  readonly #baseUrl = readBaseUrl();
  #why = '';
  #shown: string[] = [];
  #hasKey = true;
  #asking = new AbortController();

  constructor(sources: ModelSources, need: ModelNeed) {
    this.#sources = sources;
    this.#current = sources.current();
    this.#largerThan = need.largerThan;
    this.#picker.placeholder = shown(placeholderFor(need, this.#current));
  }

  /** The id; `another` to be asked for one; undefined where the user has left. */
  choose(): Promise<string | undefined> {
    const picker = this.#picker;
    picker.title = shown(vscode.l10n.t('Model'));
    picker.matchOnDescription = true;
    picker.keepScrollPosition = true;
    picker.buttons = [{ iconPath: new vscode.ThemeIcon('refresh'), tooltip: vscode.l10n.t('Ask the Endpoint Again') }];
    picker.onDidChangeValue(() => this.#offer());
    picker.onDidTriggerButton(() => void this.#ask());
    picker.onDidTriggerItemButton(({ item: { id } }) => {
      if (id !== undefined) void this.#sources.favourites.toggle(id).then(() => this.#offer());
    });
    void this.#askWhereOld();
    this.#offer();
    return new Promise(resolve => {
      picker.onDidAccept(() => {
        const [item] = picker.selectedItems;
        if (item?.isNotice) return void this.#mend();
        resolve(item && (item.id ?? 'another'));
        picker.hide();
      });
      picker.onDidHide(() => {
        this.#asking.abort();
        resolve(undefined);
        picker.dispose();
      });
      picker.show();
    });
  }

  #offer(): void {
    const { catalog, recent, favourites } = this.#sources;
    const { origin, host } = this.#baseUrl.ok
      ? { origin: this.#baseUrl.origin, host: new URL(this.#baseUrl.origin).host }
      : { origin: '', host: '' };
    const groups = groupModels(
      {
        current: this.#current,
        recent: recent.ids,
        favourites: favourites.ids,
        listed: catalog.listOf(origin)?.models,
        host,
        why: this.#why,
        isAwaited: this.#picker.busy,
        shown: this.#shown,
        rulesFor: id => catalog.rulesFor(id),
        largerThan: this.#largerThan,
      },
      vscode.l10n.t,
    );
    const offered = groups.flatMap(({ heading, notice, choices }): ModelItem[] => [
      { label: heading, kind: vscode.QuickPickItemKind.Separator },
      ...(notice === undefined ? [] : [{ label: notice, iconPath: new vscode.ThemeIcon('info'), isNotice: true }]),
      ...choices.map(choice => ({ ...choice, buttons: [choice.isFavourite ? unmark() : mark()] })),
    ]);
    const separator = { label: '', kind: vscode.QuickPickItemKind.Separator };
    const another = this.#largerThan === undefined ? [separator, this.#anotherId(offered)] : [];
    const items = [...offered, ...another].map(shownItem<ModelItem>);
    const active = this.#picker.activeItems[0]?.id ?? this.#current;
    this.#picker.items = items;
    this.#shown = items.flatMap(({ id, isNotice }) => (id === undefined || isNotice ? [] : [id]));
    if (this.#picker.value === '') this.#picker.activeItems = items.filter(item => item.id === active);
  }

  #anotherId(items: ModelItem[]): ModelItem {
    const typed = this.#picker.value.trim();
    return typed === '' || items.some(item => item.id === typed)
      ? { label: vscode.l10n.t('Enter another id…'), alwaysShow: true }
      : { label: vscode.l10n.t('Use “{0}”', typed), id: typed, alwaysShow: true };
  }

  /** What helps where there is no list. */
  async #mend(): Promise<void> {
    if (!this.#baseUrl.ok) await vscode.commands.executeCommand('workbench.action.openSettings', 'marginalia.baseUrl');
    else if (!this.#hasKey) await runCommand('marginalia.setApiKey');
    else await this.#ask();
  }

  async #askWhereOld(): Promise<void> {
    const list = this.#baseUrl.ok ? this.#sources.catalog.listOf(this.#baseUrl.origin) : undefined;
    if (!list || !this.#sources.catalog.isFresh(list)) await this.#ask();
  }

  async #ask(): Promise<void> {
    this.#asking.abort();
    const asking = (this.#asking = new AbortController());
    this.#picker.busy = true;
    const why = await this.#fetch(asking.signal);
    if (asking.signal.aborted) return;
    this.#why = why;
    this.#picker.busy = false;
    this.#offer();
  }

  /** Learns the endpoint's list; else says why there is none. */
  async #fetch(signal: AbortSignal): Promise<string> {
    if (!this.#baseUrl.ok) return explainRefusal(this.#baseUrl.refusal);
    const { origin, modelsUrl } = this.#baseUrl;
    const { key } = await this.#sources.keys.find(origin);
    this.#hasKey = key !== '';
    if (!this.#hasKey) return vscode.l10n.t('There is no API key for {0}, so its list can’t be had', origin);
    const end = await fetchModelList(this.#sources.transport, { modelsUrl, key }, signal);
    if (end.kind === 'stopped') return '';
    if (end.kind === 'failed') {
      return vscode.l10n.t('The endpoint’s list can’t be had: {0}', problemText(end.problem, vscode.l10n.t).title);
    }
    if (end.models.length === 0) return vscode.l10n.t('The endpoint lists no models');
    this.#sources.catalog.learn(origin, end.models);
    return '';
  }
}

function mark(): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon('star-empty'), tooltip: vscode.l10n.t('Add to Favourites') };
}

function unmark(): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon('star-full'), tooltip: vscode.l10n.t('Remove from Favourites') };
}

function placeholderFor({ isDefaultGone, largerThan }: ModelNeed, current: string): string {
  if (largerThan !== undefined) return vscode.l10n.t('Choose a model with a larger context window; it is asked again');
  return isDefaultGone
    ? vscode.l10n.t('{0} is not offered here: choose a model, or type any model id', current)
    : vscode.l10n.t('Choose a model, or type any model id');
}
