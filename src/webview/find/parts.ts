import { codeParts } from '../../shared/codeMarks.ts';
import type { AssistantTurn, Turn, UserTurn } from '../../shared/conversation.ts';
import { type Finding, reportToolName } from '../../shared/finding.ts';
import { keptBackOf } from '../../shared/moderation.ts';
import type { RanCall } from '../../shared/ranCalls.ts';
import { shownResult } from '../tools/shownResult.ts';
import { indentedJson } from '../tools/indentedJson.ts';
import { visibleText } from '../tools/visibleText.ts';
import { mostShown, restName } from '../blocks/longText.ts';
import { isShownAtFirst, portionName, portionsOf } from '../transcript/portions.ts';

/** Some text of a turn that has an element of its own, named by `data-find`. */
export interface Part {
  key: string;
  kind: 'plain' | 'code' | 'markdown';
  source: string;
  /** What the reader opens to see all of it, from the outside in; see Disclosures. Any of it may be open already. */
  opens: readonly string[];
}

/** All that can be found in a turn, in the order in which it is shown. */
export function partsOf(turn: Turn): Part[] {
  return turn.role === 'user' ? promptParts(turn) : answerParts(turn);
}

function promptParts(turn: UserTurn): Part[] {
  return [
    ...(turn.call === undefined ? [] : [{ key: 'call', kind: 'plain', source: turn.call, opens: [] } as const]),
    longPart('text', 'plain', turn.text),
    ...(turn.attachments ?? []).flatMap((attachment): Part[] => {
      if (attachment.kind !== 'code' && attachment.kind !== 'text') return [];
      const text = attachment.kind === 'code' ? attachment.excerpt.code : attachment.text;
      return [excerptPart(`attachment ${attachment.id}`, text)];
    }),
    ...(turn.toolResults ?? []).map(({ text }, index) => longPart(`result ${index}`, 'code', text)),
    ...turn.excerpts.map(({ code }, index) => excerptPart(`excerpt ${index}`, code)),
  ];
}

/** The first lines are shown without opening it. */
function excerptPart(key: string, code: string): Part {
  return longPart(key, 'code', code.replace(/\n$/, ''), [key]);
}

/** A part of which the beginning is shown where it is very long. */
function longPart(key: string, kind: Part['kind'], source: string, opens: readonly string[] = []): Part {
  return { key, kind, source, opens: source.length > mostShown ? [...opens, restName(key)] : opens };
}

function answerParts(turn: AssistantTurn): Part[] {
  if (keptBackOf(turn)) return [];
  const { findings = [] } = turn;
  const placed = findings.filter(({ placement }) => placement.placed);
  const unplaced = findings.filter(({ placement }) => !placement.placed);
  const isRunning = turn.state.phase === 'streaming' || turn.state.phase === 'elsewhere';
  const portions = portionsOf(turn.blocks);
  const blocks = turn.blocks.flatMap((block, index): Part[] => {
    const key = `block ${index}`;
    const at = portions.findIndex(({ end }) => index < end);
    const portion = portions[at];
    const opens = portion && !isShownAtFirst(at, portions.length) ? [portionName(portion)] : [];
    switch (block.type) {
      case 'text':
        return [longPart(key, 'markdown', block.text, opens)];
      case 'thinking':
        return [longPart(key, 'markdown', block.text, [...opens, `thinking ${index}`])];
      case 'toolUse': {
        const isGrowing = isRunning && index === turn.blocks.length - 1;
        const source = isGrowing ? block.text : indentedJson(block.text);
        const call = turn.calls?.find(ran => ran.index === index);
        if (call) return callParts(call, source, opens);
        return block.name === reportToolName ? [] : [longPart(key, 'code', source, opens)];
      }
      case 'redactedThinking':
        return [];
    }
  });
  return [...blocks, ...[...placed, ...unplaced].flatMap(findingParts)];
}

/** Where a change is shown, its input is not. */
function callParts({ index, diff, command, result }: RanCall, input: string, opens: readonly string[]): Part[] {
  const open = [...opens, `call ${index}`];
  const text = result ? shownResult(result).text : '';
  const shown = text === '' ? [] : [longPart(`call ${index} result`, 'code', text, open)];
  const given = command ? visibleText(command.text) : input;
  const isGiven = !diff && given !== '';
  return [...(isGiven ? [longPart(`block ${index}`, 'code', given, open)] : []), ...shown];
}

function findingParts(finding: Finding): Part[] {
  const key = `finding ${finding.id}`;
  const title = codeParts(finding.title)
    .map(({ text }) => text)
    .join('');
  const { replacement } = finding;
  return [
    { key: `${key} title`, kind: 'plain', source: title, opens: [] },
    ...(finding.placement.placed ? [] : [longPart(`${key} quote`, 'code', finding.quote)]),
    longPart(`${key} explanation`, 'markdown', finding.explanation, [key]),
    ...(replacement === undefined ? [] : [longPart(`${key} replacement`, 'code', replacement, [key])]),
  ];
}
