import { sourcesOf } from '../core/conversation/sources.ts';
import type { AnswerRecord, TurnRecord } from '../core/conversation/turns.ts';
import { parseJson } from '../shared/json.ts';
import type { AnswerContent } from '../core/messages/wire.ts';
import type { Attachment } from '../shared/attachment.ts';
import type { ToolResult, UserTurn } from '../shared/conversation.ts';
import { type Finding, reportToolName } from '../shared/finding.ts';
import { keptBackOf } from '../shared/moderation.ts';
import { problemText } from '../shared/problemText.ts';
import type { Translate } from '../shared/translate.ts';
import { lineRange } from '../shared/turnMarkdown.ts';
import type { DomElement, DomNode } from '../webview/markdown/dom.ts';
import { renderMarkdown } from '../webview/markdown/renderBlock.ts';
import type { Surroundings } from '../webview/markdown/surroundings.ts';
import { stringDocument } from './stringDom.ts';

export interface PageOptions {
  /** Of the page's own words. */
  t: Translate;
  /** The BCP 47 tag of that language. */
  language: string;
}

/** Turns as they stand in the page. */
export class TurnArticle {
  readonly #options: PageOptions;
  readonly #around: Surroundings;

  constructor(options: PageOptions) {
    const { t } = options;
    this.#options = options;
    this.#around = {
      document: stringDocument,
      // Those of buttons are for the view alone.
      labels: {
        copy: '',
        insert: '',
        newFile: '',
        terminal: '',
        wrap: '',
        source: '',
        sort: '',
        copyMarkdown: '',
        copyCsv: '',
        codeKeys: '',
        apply: '',
        collapse: '',
        code: t('Code'),
        image: t('Image'),
        done: t('Done'),
        open: t('To do'),
        table: t('Table'),
        details: t('Details'),
      },
      // Neither has a script to do it.
      paint: () => undefined,
      showDiagram: () => undefined,
      showFormula: () => undefined,
    };
  }

  render(record: TurnRecord): DomElement {
    return record.role === 'user' ? this.#prompt(record) : this.#answer(record);
  }

  #prompt(turn: UserTurn): DomElement {
    const { t } = this.#options;
    const article = element('article', 'prompt', element('h2', '', t('You')));
    if (turn.text !== '') article.append(withDirection(element('div', 'said', turn.text)));
    for (const attachment of turn.attachments ?? []) article.append(this.#attachment(attachment));
    for (const { text, isError, images = [] } of turn.toolResults ?? []) {
      article.append(this.#result({ text, isError }));
      for (const image of images) article.append(this.#attachment(image));
    }
    for (const { path, startLine, endLine, code: text } of turn.excerpts) {
      article.append(code(`${path}:${lineRange(startLine, endLine)}`, text));
    }
    return article;
  }

  #result({ text, isError }: Pick<ToolResult, 'text' | 'isError'>): DomElement {
    const { t } = this.#options;
    return code(isError ? t('The tool failed') : t('Result of the tool'), text || t('(nothing)'));
  }

  #attachment(attachment: Attachment): DomElement {
    const { name } = attachment;
    if (attachment.kind === 'code') return code(name, attachment.excerpt.code);
    if (attachment.kind === 'text') return code(name, attachment.text);
    const { source } = attachment;
    const figure = element('figure', '');
    if (source.type === 'base64' && attachment.kind === 'image') {
      const image = element('img', '');
      image.setAttribute('src', `data:${source.mediaType};base64,${source.data.replace(/\s/g, '')}`);
      image.setAttribute('alt', name);
      figure.append(image);
    }
    const caption = element('figcaption', '', source.type === 'url' ? link(source.url, name) : name);
    figure.append(caption);
    return figure;
  }

  #answer(record: AnswerRecord): DomElement {
    const { t } = this.#options;
    const article = element('article', 'answer', element('h2', '', record.model || t('Assistant')));
    for (const [at, block] of record.content.entries()) {
      const shown = this.#block(block, record.findings !== undefined);
      if (shown) article.append(shown);
      const result = record.calls?.find(({ index }) => index === at)?.result;
      if (!result) continue;
      article.append(this.#result(result));
      for (const image of result.images ?? []) article.append(this.#attachment(image));
    }
    article.append(...this.#sources(record));
    for (const finding of record.findings ?? []) article.append(this.#finding(finding));
    const note = this.#noteOn(record);
    if (note !== '') article.append(element('p', 'note', note));
    return article;
  }

  #sources({ content }: AnswerRecord): DomElement[] {
    const cited = content.flatMap(block => (block.type === 'text' ? sourcesOf(block.citations ?? []) : []));
    const named = new Map(cited.map(source => [source.url ?? source.title, source]));
    if (named.size === 0) return [];
    const items = [...named.values()].map(({ title, url }) =>
      withDirection(element('li', '', url === undefined ? title : link(url, title))),
    );
    return [element('p', 'note', this.#options.t('Sources')), element('ol', '', ...items)];
  }

  #block(block: AnswerContent, isReview: boolean): DomElement | undefined {
    const { t } = this.#options;
    switch (block.type) {
      case 'text':
        return block.text === '' ? undefined : this.#markdown(block.text);
      case 'thinking':
        return element('details', '', element('summary', '', t('Thinking')), this.#markdown(block.thinking));
      case 'tool_use':
        if (isReview && block.name === reportToolName) return undefined;
        return code(t('Tool use: {0}', block.name), indented(block.inputJson));
      case 'redacted_thinking':
      case 'other':
        return undefined;
    }
  }

  #finding({ title, severity, path, placement, explanation, replacement }: Finding): DomElement {
    const place = placement.placed ? `${path}:${placement.line}` : path;
    const section = element('section', 'finding', withDirection(element('h3', '', title)));
    section.append(element('p', 'place', `${severity} · ${place}`), this.#markdown(explanation));
    if (replacement !== undefined) section.append(code(this.#options.t('Suggestion'), replacement));
    return section;
  }

  #noteOn({ state, check }: AnswerRecord): string {
    const { t } = this.#options;
    const kept = keptBackOf({ check });
    if (kept) {
      return kept.state === 'blocked'
        ? t('Your check has blocked this answer')
        : t('Your check has brought no verdict on this answer');
    }
    if (state.phase === 'stopped') return t('Stopped');
    return state.phase === 'failed' || state.phase === 'truncated' ? problemText(state.problem, t).title : '';
  }

  #markdown(text: string): DomElement {
    const container = element('div', 'markdown');
    renderMarkdown(container, text, this.#around);
    return container;
  }
}

function element(name: string, className: string, ...children: (DomNode | string)[]): DomElement {
  const made = stringDocument.createElement(name);
  if (className !== '') made.className = className;
  made.append(...children);
  return made;
}

function withDirection(made: DomElement): DomElement {
  made.setAttribute('dir', 'auto');
  return made;
}

function link(address: string, label: string): DomElement {
  const made = element('a', '', label);
  made.setAttribute('href', address);
  return made;
}

function code(caption: string, text: string): DomElement {
  const scroller = element('pre', '', element('code', '', text));
  scroller.setAttribute('tabindex', '0');
  scroller.setAttribute('dir', 'ltr');
  return element('figure', 'code', element('figcaption', '', caption), scroller);
}

function indented(json: string): string {
  const input = parseJson(json);
  return input === undefined ? json : JSON.stringify(input, undefined, 2);
}
