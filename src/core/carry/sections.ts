import { isDeepStrictEqual } from 'node:util';
import { reportToolName } from '../../shared/finding.ts';
import {
  attachmentLabel,
  excerptLabel,
  fenceAround,
  findingBody,
  findingHeading,
  resultLabel,
  toolUseLabel,
} from '../../shared/turnMarkdown.ts';
import type { AnswerRecord, TurnRecord } from '../conversation/turns.ts';
import { isFields, parseJson } from '../../shared/json.ts';
import type { AnswerContent } from '../messages/wire.ts';
import { Body, parsedInput } from './machineData.ts';
import type { SectionKind } from './marks.ts';
import { openFence } from './openFence.ts';
import { type TextPlace, writeText } from './textForm.ts';

/** A part of a turn as it is written. */
export interface Section {
  /** Absent: the section needs no mark, it is the turn's first text. */
  kind?: SectionKind;
  /** Its place among its kind, or for the blocks of an answer among the blocks; from 1. */
  index: number;
  label: string;
  /** What stands below the label, as it is shown. */
  shown?: string;
  place: TextPlace;
  /** Of the fence. */
  language: string;
}

/** A turn in two halves: what is read, and what only a machine needs. */
export interface TurnParts {
  sections: Section[];
  /** The record with a `Body` in the place of each text that is read. */
  rest: unknown;
}

export function splitTurn(record: TurnRecord): TurnParts {
  return record.role === 'user' ? splitPrompt(record) : splitAnswer(record);
}

function splitPrompt(record: TurnRecord & { role: 'user' }): TurnParts {
  const { attachments, toolResults, excerpts } = record;
  const said = split({ ...record }, ['text'], { index: 1, label: '', place: 'paragraph' });
  const attached = attachments?.map((attachment, at) => {
    const path = 'excerpt' in attachment ? ['excerpt', 'code'] : ['text'];
    return split(attachment, path, { kind: 'attachment', index: at + 1, label: attachmentLabel(attachment) });
  });
  const results = toolResults?.map((result, at) =>
    split(result, ['text'], { kind: 'result', index: at + 1, label: resultLabel(result) }),
  );
  const quoted = excerpts.map((excerpt, at) =>
    split(excerpt, ['code'], { kind: 'excerpt', index: at + 1, label: excerptLabel(excerpt) }, excerpt.languageId),
  );
  return {
    sections: [said, ...(attached ?? []), ...(results ?? []), ...quoted].map(({ section }) => section),
    rest: {
      ...(said.rest as object),
      excerpts: quoted.map(({ rest }) => rest),
      ...(attached && { attachments: attached.map(({ rest }) => rest) }),
      ...(results && { toolResults: results.map(({ rest }) => rest) }),
    },
  };
}

function splitAnswer(record: AnswerRecord): TurnParts {
  const { findings } = record;
  const blocks = record.content.map((block, at) => splitBlock(block, at + 1, findings !== undefined));
  const reported = (findings ?? []).map((finding, at): Section => ({
    kind: 'finding',
    index: at + 1,
    label: findingHeading(finding),
    shown: writeText(findingBody(finding), 'paragraph').shown,
    place: 'paragraph',
    language: '',
  }));
  return {
    sections: [...blocks.map(({ section }) => section), ...reported],
    rest: { ...record, content: blocks.map(({ rest }) => rest) },
  };
}

function splitBlock(block: AnswerContent, index: number, isReview: boolean): Split {
  switch (block.type) {
    case 'text':
      return split(block, ['text'], { kind: 'text', index, label: '', place: 'paragraph' });
    case 'thinking':
      return split(block, ['thinking'], { kind: 'thinking', index, label: thinkingLabel, place: 'paragraph' });
    case 'tool_use': {
      // What a review reports stands below as findings.
      if (isReview && block.name === reportToolName) return split(block, [], { kind: 'block', index, label: '' });
      const isParsed = isFields(block.input) && isDeepStrictEqual(block.input, parseJson(block.inputJson));
      const tool = isParsed ? { ...block, input: parsedInput } : block;
      return split(tool, ['inputJson'], { kind: 'tool', index, label: toolUseLabel(block.name) }, 'json');
    }
    case 'redacted_thinking':
    case 'other':
      return split(block, [], { kind: 'block', index, label: '' });
  }
}

export const thinkingLabel = '<details><summary>Thinking</summary>';

interface Split {
  section: Section;
  rest: unknown;
}

type Head = Pick<Section, 'index' | 'label'> & Partial<Pick<Section, 'kind' | 'place'>>;

/** Takes the text at `path` out of `value`, where there is one. */
function split(value: object, path: readonly string[], head: Head, language = ''): Split {
  const section: Section = { place: 'fence', language: /^[\w+#.-]*$/.test(language) ? language : '', ...head };
  const text = path.reduce<unknown>((at, name) => (isFields(at) ? at[name] : undefined), value);
  if (typeof text !== 'string') return { section, rest: value };
  const { shown, form } = writeText(text, section.place);
  return { section: { ...section, shown }, rest: replaced(value, path, new Body(form)) };
}

function replaced(value: unknown, [name, ...path]: readonly string[], body: Body): unknown {
  if (name === undefined) return body;
  const fields = isFields(value) ? value : {};
  return { ...fields, [name]: replaced(fields[name], path, body) };
}

/** The lines of a section, without its mark. `escape` is for what others have written. */
export function sectionLines({ shown, place, language, kind }: Section, escape: (line: string) => string): string[] {
  if (shown === undefined) return [];
  const lines = shown === '' ? [] : shown.split('\n').map(escape);
  if (place === 'paragraph') {
    const closing = kind === 'finding' ? undefined : openFence(shown);
    // Left open, it would swallow all that follows where the file is shown.
    return closing === undefined ? lines : [...lines, '', '<!-- note -->', closing];
  }
  const fence = fenceAround(shown);
  return [`${fence}${language}`, ...lines, fence];
}
