import { codeParts } from '../../shared/codeMarks.ts';
import {
  type AssistantTurn,
  type Finding,
  reportToolName,
  type Turn,
  type UserTurn,
} from '../../shared/conversation.ts';
import { indentedJson } from '../indentedJson.ts';

/** Some text of a turn that has an element of its own, named by `data-find`. */
export interface Part {
  key: string;
  kind: 'plain' | 'code' | 'markdown';
  source: string;
  /** The name under which the reader opens it, where it may be closed; see Disclosures. */
  opens?: string;
}

/** All that can be found in a turn, in the order in which it is shown. */
export function partsOf(turn: Turn): Part[] {
  return turn.role === 'user' ? promptParts(turn) : answerParts(turn);
}

function promptParts(turn: UserTurn): Part[] {
  return [
    ...(turn.call === undefined ? [] : [{ key: 'call', kind: 'plain', source: turn.call } as const]),
    { key: 'text', kind: 'plain', source: turn.text },
    ...(turn.attachments ?? []).flatMap((attachment): Part[] => {
      if (attachment.kind !== 'code' && attachment.kind !== 'text') return [];
      const text = attachment.kind === 'code' ? attachment.excerpt.code : attachment.text;
      return [excerptPart(`attachment ${attachment.id}`, text)];
    }),
    ...(turn.toolResults ?? []).map(({ toolUseId, text }): Part => ({
      key: `result ${toolUseId}`,
      kind: 'code',
      source: text,
    })),
    ...turn.excerpts.map(({ code }, index) => excerptPart(`excerpt ${index}`, code)),
  ];
}

/** The first lines are shown without opening it. */
function excerptPart(key: string, code: string): Part {
  return { key, kind: 'code', source: code.replace(/\n$/, ''), opens: key };
}

function answerParts(turn: AssistantTurn): Part[] {
  const { findings = [] } = turn;
  const placed = findings.filter(({ placement }) => placement.placed);
  const unplaced = findings.filter(({ placement }) => !placement.placed);
  const isRunning = turn.state.phase === 'streaming';
  const blocks = turn.blocks.flatMap((block, index): Part[] => {
    const key = `block ${index}`;
    switch (block.type) {
      case 'text':
        return [{ key, kind: 'markdown', source: block.text }];
      case 'thinking':
        return [{ key, kind: 'markdown', source: block.text, opens: `thinking ${index}` }];
      case 'toolUse': {
        const isGrowing = isRunning && index === turn.blocks.length - 1;
        const source = isGrowing ? block.text : indentedJson(block.text);
        return block.name === reportToolName ? [] : [{ key, kind: 'code', source }];
      }
      case 'redactedThinking':
        return [];
    }
  });
  return [...blocks, ...[...placed, ...unplaced].flatMap(findingParts)];
}

function findingParts(finding: Finding): Part[] {
  const key = `finding ${finding.id}`;
  const title = codeParts(finding.title)
    .map(({ text }) => text)
    .join('');
  const { replacement } = finding;
  return [
    { key: `${key} title`, kind: 'plain', source: title },
    ...(finding.placement.placed ? [] : [{ key: `${key} quote`, kind: 'code', source: finding.quote } as const]),
    { key: `${key} explanation`, kind: 'markdown', source: finding.explanation, opens: key },
    ...(replacement === undefined
      ? []
      : [{ key: `${key} replacement`, kind: 'code', source: replacement, opens: key } as const]),
  ];
}
