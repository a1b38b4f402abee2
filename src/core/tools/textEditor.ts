import type { CallLine } from '../../shared/ranCalls.ts';
import { holdsPrivateKey } from '../context/sensitive.ts';
import type { Fields } from '../../shared/json.ts';
import type { CustomTool, ToolParam } from '../messages/wire.ts';
import { looksGenerated, saysGenerated } from '../context/generated.ts';
import type { ModelRules } from '../models/modelRules.ts';
import { changedLines, type TextEdit } from './changedLines.ts';
import { EditHistory } from './editHistory.ts';
import { inserted, numberedLines, replaced, twoLevels, unified } from './editorText.ts';
import { editedText, partlyEditedText } from './editReport.ts';
import { InputReader } from './inputReader.ts';
import { withHunks } from './lineHunks.ts';
import { readImage } from './toolOutput.ts';
import type { CallSite, Parsed, PreparedCall, Tool } from './tool.ts';
import { ToolError, type ToolPlace, type ToolWorkspace } from './workspace.ts';

type EditorInput =
  | { command: 'view'; path: string; range?: [number, number] }
  | { command: 'create'; path: string; text: string }
  | { command: 'str_replace'; path: string; old: string; wanted: string }
  | { command: 'insert'; path: string; line: number; text: string }
  | { command: 'undo_edit'; path: string };

const name = 'str_replace_based_edit_tool';
const earlierName = 'str_replace_editor';

const history = new EditHistory();

/** The service's own text editor, on the files of the workspace as the editor shows them. */
export const textEditor: Tool<EditorInput> = {
  name,
  otherNames: [earlierName],
  definition,
  parse,
  effect: ({ command }) => (command === 'view' ? 'reads' : 'changes'),
  line,
  prepare: (input, site) => (input.command === 'view' ? prepareView(input, site.workspace) : prepareEdit(input, site)),
};

/** What models that do not know the service's tool are told of it. */
const ownDefinition: CustomTool = {
  name,
  description:
    'Views, creates and edits text files of the workspace. Paths are relative to it; `.` is its root. `view` shows a file with line numbers, or an image, or lists a folder. `str_replace` needs an `old_str` that occurs exactly once. `insert` adds `insert_text` after line `insert_line`; 0 is the top. `undo_edit` takes back the last edit of a file.',
  input_schema: {
    type: 'object',
    properties: {
      command: { type: 'string', enum: ['view', 'create', 'str_replace', 'insert', 'undo_edit'] },
      path: { type: 'string' },
      view_range: {
        type: 'array',
        items: { type: 'integer' },
        description: 'First and last line, 1-based; -1: the end.',
      },
      file_text: { type: 'string', description: 'Of `create`: the whole text of the file.' },
      old_str: { type: 'string' },
      new_str: { type: 'string' },
      insert_line: { type: 'integer' },
      insert_text: { type: 'string' },
    },
    required: ['command', 'path'],
    additionalProperties: false,
  },
};

/** In the version that the model takes; where none is known, it gets a tool of our own. */
function definition(rules: ModelRules): ToolParam {
  switch (rules.toolVersions.textEditor) {
    case 'text_editor_20241022':
      return { type: 'text_editor_20241022', name: earlierName };
    case 'text_editor_20250124':
      return { type: 'text_editor_20250124', name: earlierName };
    case 'text_editor_20250429':
      return { type: 'text_editor_20250429', name };
    case 'text_editor_20250728':
      return { type: 'text_editor_20250728', name };
    default:
      return ownDefinition;
  }
}

function parse(fields: Fields): Parsed<EditorInput> {
  const reader = new InputReader(fields);
  const command = reader.text('command');
  const path = reader.text('path');
  const input = inputOf(command, path, reader);
  if (!input) reader.problems.push('`command` has to be view, create, str_replace, insert or undo_edit.');
  return input && reader.problems.length === 0
    ? { ok: true, input }
    : { ok: false, problem: reader.problems.join(' ') };
}

function inputOf(command: string, path: string, reader: InputReader): EditorInput | undefined {
  switch (command) {
    case 'view': {
      const range = reader.optionalPair('view_range');
      return { command, path, ...(range && { range }) };
    }
    case 'create':
      return { command, path, text: reader.text('file_text') };
    case 'str_replace':
      return { command, path, old: reader.text('old_str'), wanted: reader.optionalText('new_str') ?? '' };
    case 'insert': {
      const line = reader.wholeNumber('insert_line');
      // Its name in older versions.
      const text = reader.optionalText('insert_text') ?? reader.text('new_str');
      return { command, path, line, text };
    }
    // Of the two earliest versions.
    case 'undo_edit':
      return { command, path };
    default:
      return undefined;
  }
}

function line(input: EditorInput): CallLine {
  switch (input.command) {
    case 'view': {
      const [first, last] = input.range ?? [];
      const lines = first === undefined ? '' : `:${first}–${last === -1 ? '' : last}`;
      return { action: 'view', subject: `${input.path}${lines}` };
    }
    case 'create':
      return { action: 'create', subject: input.path };
    case 'str_replace':
      return { action: 'replace', subject: input.path };
    case 'insert':
      return { action: 'insert', subject: input.path };
    case 'undo_edit':
      return { action: 'undo', subject: input.path };
  }
}

async function prepareView(
  { path, range }: EditorInput & { command: 'view' },
  workspace: ToolWorkspace,
): Promise<PreparedCall> {
  const place = await workspace.locate(path);
  if (place.kind === 'nothing') throw new ToolError('Error: File not found');
  if (place.kind === 'folder') {
    if (range) throw new ToolError('Error: `view_range` is not allowed where `path` is a folder.');
    const list = async (): Promise<string> => twoLevels(await workspace.list(place)) || '(no files)';
    return { cautions: place.cautions, run: list };
  }
  const image = await workspace.image(place);
  if (image) return prepareImage(place, image, range);
  // Nothing of it is told before the user has been asked where that has to be.
  const text = await workspace.read(place);
  const shown = text === '' ? '(The file is empty.)' : numberedLines(text, range);
  return { cautions: withSecrets(place, text), run: () => Promise.resolve(shown) };
}

function prepareImage(place: ToolPlace, bytes: Uint8Array, range: [number, number] | undefined): PreparedCall {
  if (range) throw new ToolError('Error: `view_range` is not allowed where `path` is an image.');
  const name = place.path.split('/').at(-1) ?? place.path;
  const read = readImage('', name, bytes);
  if ('problem' in read) throw new ToolError(`Error: The image can’t be shown: ${read.problem}.`);
  const { source, pixels } = read;
  const size = pixels ? `, ${pixels.width} × ${pixels.height} pixels` : '';
  const output = { text: `${place.path} (${source.mediaType}${size}):`, images: [{ name, bytes }] };
  return { cautions: place.cautions, run: () => Promise.resolve(output) };
}

async function prepareEdit(
  input: Exclude<EditorInput, { command: 'view' }>,
  { workspace, conversationId }: CallSite,
): Promise<PreparedCall> {
  const place = await workspace.locate(input.path);
  if (place.kind === 'folder') throw new ToolError(`Error: ${place.path} is a folder.`);
  if (place.kind === 'nothing' && input.command !== 'create') throw new ToolError('Error: File not found');
  const before = place.kind === 'nothing' ? undefined : await workspace.read(place);
  const after =
    input.command === 'undo_edit' ? undone(input, place, before, conversationId) : edited(before ?? '', input);
  if (before === after) throw new ToolError('Error: The file already says this.');
  const edit = changedLines(place.path, before, after);
  const write = async (text: string): Promise<void> => {
    await workspace.write(place, before, text);
    if (input.command === 'undo_edit') history.undone(conversationId, place.path);
    else history.made(conversationId, place.path, { before, after: text });
  };
  const run = async (): Promise<string> => {
    await write(after);
    if (input.command === 'undo_edit')
      return `Last edit to ${place.path} undone successfully. ${editedText(edit, after)}`;
    if (before === undefined) return `File created successfully: ${place.path}`;
    return editedText(edit, after);
  };
  const isGenerated = looksGenerated(place.path) || saysGenerated(before ?? '');
  const cautions: PreparedCall['cautions'] = [
    ...withSecrets(place, `${before ?? ''}\n${after}`),
    ...(place.runs ? (['runs'] as const) : []),
    ...(isGenerated ? (['generated'] as const) : []),
  ];
  const { rule, isAllowed } = place;
  const { allowAlways } = workspace;
  const isFree = cautions.length === 0 && rule !== undefined && allowAlways !== undefined;
  return {
    cautions,
    diff: { ...edit.diff, ...(isFree && !isAllowed && { rule }) },
    ...(isFree && { allowAlways: () => allowAlways(rule) }),
    ...(isFree && isAllowed && { ruling: 'allow' as const }),
    leaving: left => partOf(edit, left, write, before ?? ''),
    run,
  };
}

/** The edit without the hunks that the user has left. */
function partOf(
  { diff, hunks }: TextEdit,
  left: ReadonlySet<number>,
  write: (text: string) => Promise<void>,
  before: string,
): Pick<PreparedCall, 'diff' | 'run'> {
  const marked = diff.hunks.map((hunk, index) => (left.has(index) ? { ...hunk, fate: 'left' as const } : hunk));
  const run = async (): Promise<string> => {
    const text = withHunks(before, hunks, left);
    await write(text);
    return partlyEditedText({ diff, hunks }, left, text);
  };
  return { diff: { ...diff, hunks: marked }, run };
}

/** What the file said before the last edit of this conversation, where it says what that has left. */
function undone({ path }: { path: string }, place: ToolPlace, now: string | undefined, conversationId: string): string {
  const last = history.last(conversationId, place.path);
  if (!last) throw new ToolError(`No edit history found for ${path}.`);
  if (last.before === undefined)
    throw new ToolError(`Error: The last edit has created ${path}: there is no text before it.`);
  if (last.after !== now) throw new ToolError(`Error: ${path} has changed since its last edit, which is not undone.`);
  return last.before;
}

function edited(text: string, input: Exclude<EditorInput, { command: 'view' | 'undo_edit' }>): string {
  switch (input.command) {
    case 'create':
      return unified(input.text);
    case 'str_replace':
      return replaced(text, input.old, input.wanted);
    case 'insert':
      return inserted(text, input.line, input.text);
  }
}

function withSecrets({ cautions }: ToolPlace, text: string): PreparedCall['cautions'] {
  return holdsPrivateKey(text) && !cautions.includes('secret') ? [...cautions, 'secret'] : cautions;
}
