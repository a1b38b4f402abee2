import { GrowingText } from './growingText.ts';
import type { StopDetails } from '../../shared/conversation.ts';
import { isTooDeep } from '../../shared/nesting.ts';
import { parseToolInput } from '../../shared/toolCalls.ts';
import { type Fields, isFields } from '../../shared/json.ts';
import { BeyondLimit, usualLimits } from './limits.ts';
import { protocolOf } from './otherProtocol.ts';
import type { PieceRestorer, Restoring } from './restoring.ts';
import type { Redaction } from '../redaction/redaction.ts';
import type { StreamScreen, TextRedactor } from '../redaction/textRedactor.ts';
import type { AnswerContent, AnswerMessage, Citation, WireUsage } from './wire.ts';

/** Told of an answer as it grows. `position` is the index into the message's content. */
export interface AnswerListener {
  blockStarted(position: number, content: AnswerContent): void;
  /** Text that was appended to the block: prose, thinking, or JSON text of a tool's input. */
  textAppended(position: number, text: string): void;
  /** The text of the block goes by this. */
  cited?(position: number, citation: Citation): void;
  /** Nothing is added to the block any more. Not every relay tells: the next block or the answer's end say it too. */
  blockEnded?(position: number): void;
  /** A relay began a second answer on the same response: everything before is void. */
  restarted(): void;
}

/** The blocks that come in pieces. */
export type GrowingType = 'text' | 'thinking' | 'tool_use';

/**
 * Assembles the events of one answer into a message. The protocol's order is not relied on: relays leave out starts,
 * stops, indexes and usage, and repeat the start. What is there is kept, what is missing is made up for. Keys are taken
 * out here that only show once JSON is read, or once the deltas of a block are joined.
 */
export class AnswerAssembler {
  readonly message: AnswerMessage = { id: '', model: '', content: [], stopReason: null, stopSequence: null, usage: {} };
  /** The body of an error event, once there was one. */
  error: unknown;
  /** Whether the protocol's own end has come. */
  stopped = false;
  /** Event, block and delta types that this client does not know, with how often they came. */
  readonly unknownTypes = new Map<string, number>();
  /** The other protocol that an event was written in. */
  otherProtocol: string | undefined;

  /** Whoever reads a stream shows it every chunk before what is read of it comes here. */
  readonly screen: StreamScreen;

  readonly #listener: AnswerListener;
  /** The wire's block index → position in the content. */
  readonly #positions = new Map<number, number>();
  readonly #open = new Set<number>();
  readonly #growing = new GrowingText();
  readonly #redaction: Redaction;
  /** By position: what of a block's text has come and may be the start of a key. */
  #redactors: (TextRedactor | undefined)[] = [];
  /** By position, where placeholders are put back: the start of one may be held back. */
  #restorers: (PieceRestorer | undefined)[] = [];
  /** The JSON of tool uses as it came, with its placeholders, by position. */
  readonly #unrestored = new Map<number, string>();
  readonly #restoring: Restoring | undefined;
  readonly #mostBlocks: number;
  /** What has come of the inputs of blocks of other types, which bring theirs in pieces as well. */
  readonly #otherInputs = new Map<AnswerContent, string>();
  /** How many characters of a tool's input were parsed, by position. */
  readonly #parsed = new Map<number, number>();
  #started = false;

  /** Throws where an answer has more than `mostBlocks`. `restoring`: of the request's placeholders, where it has some. */
  constructor(listener: AnswerListener, redaction: Redaction, mostBlocks = usualLimits.blocks, restoring?: Restoring) {
    this.#listener = listener;
    this.#redaction = redaction;
    this.screen = redaction.screen();
    this.#mostBlocks = mostBlocks;
    this.#restoring = restoring;
  }

  /** Whether nothing of an answer has come. */
  get isEmpty(): boolean {
    return !this.#started && this.message.content.length === 0;
  }

  /** Takes one event. `name` is the SSE event's name, for data that has no `type` of its own. */
  event(data: Fields, name?: string): void {
    const wrapped = data['data'];
    if (data['type'] === undefined && isFields(wrapped) && typeof wrapped['type'] === 'string') {
      this.event(wrapped);
      return;
    }
    const type = typeof data['type'] === 'string' ? data['type'] : (name ?? 'untyped');
    switch (type) {
      case 'message_start':
        this.#start(isFields(data['message']) ? data['message'] : {});
        return;
      case 'content_block_start':
        this.#startBlock(indexOf(data), isFields(data['content_block']) ? data['content_block'] : {});
        return;
      case 'content_block_delta':
        if (isFields(data['delta'])) this.#appendDelta(indexOf(data), data['delta']);
        return;
      case 'content_block_stop':
        this.#closeBlock(indexOf(data));
        return;
      case 'message_delta':
        this.#finish(data);
        return;
      case 'message_stop':
        this.stopped = true;
        return;
      case 'ping':
        return;
      default:
        if (name === 'error' || type === 'error' || tellsOfError(data)) this.error ??= data;
        else {
          this.otherProtocol ??= protocolOf(data);
          this.#countUnknown(this.#wordOf(type));
        }
    }
  }

  /** Takes what a delta adds to the block of that index and type. */
  delta(index: number | undefined, type: GrowingType, text: string): void {
    this.#append(this.#positionFor(index, type), text);
  }

  /** Takes a message that came as one piece, block by block. */
  wholeMessage(message: Fields): void {
    this.#start(message);
    const content =
      typeof message['content'] === 'string' ? [{ type: 'text', text: message['content'] }] : message['content'];
    if (Array.isArray(content)) {
      content.filter(isFields).forEach((block, index) => {
        this.#startBlock(index, block);
        this.#closeBlock(index);
      });
    }
    this.#finish({ delta: message, usage: message['usage'] });
    this.stopped = true;
  }

  /** Hands on what was held back of blocks that have not ended: nothing more comes. */
  releaseHeld(): void {
    for (const position of this.#redactors.keys()) this.#release(position);
  }

  /** Closes what a missing `content_block_stop` left open. Call once the answer is known to be complete. */
  closeOpenBlocks(): void {
    for (const position of this.message.content.keys()) this.#completeBlock(position);
    this.#open.clear();
    const last = this.message.content.at(-1);
    // The limit was reached before the input's first character; an input without any would else be the empty one.
    const isCut = this.message.stopReason === 'max_tokens' && last?.type === 'tool_use' && last.inputJson === '';
    if (isCut) delete last.input;
  }

  #start(message: Fields): void {
    const id = this.#wordOf(message['id']);
    if (this.#started) {
      if (id === '' || id === this.message.id) return;
      this.message.content.length = 0;
      this.message.stopReason = null;
      this.message.stopSequence = null;
      delete this.message.stopDetails;
      this.message.usage = {};
      this.#positions.clear();
      this.#open.clear();
      this.#redactors = [];
      this.#restorers = [];
      this.#unrestored.clear();
      this.#parsed.clear();
      this.#listener.restarted();
    }
    this.#started = true;
    this.message.id = id;
    this.message.model = this.#wordOf(message['model']);
    this.#mergeUsage(message['usage']);
  }

  #startBlock(index: number | undefined, block: Fields): void {
    const content = this.#readBlock(block);
    const known = index === undefined ? undefined : this.#positions.get(index);
    if (known !== undefined && this.#open.has(known)) {
      if (isSameBlock(this.message.content[known], content)) return;
      this.#closeBlock(index);
    }
    const position = this.#addBlock(index, content);
    if (content.type === 'text') {
      this.#append(position, textOf(block['text']));
      const { citations } = block;
      if (Array.isArray(citations)) for (const citation of citations) this.#cite(position, citation);
    } else if (content.type === 'thinking') this.#append(position, textOf(block['thinking']));
    else if (content.type === 'tool_use') this.#append(position, initialInput(block['input']));
  }

  #addBlock(index: number | undefined, content: AnswerContent): number {
    if (this.message.content.length >= this.#mostBlocks) throw new BeyondLimit('tooManyBlocks');
    const position = this.message.content.push(content) - 1;
    this.#positions.set(index ?? position, position);
    this.#open.add(position);
    this.#listener.blockStarted(position, content);
    return position;
  }

  #readBlock(block: Fields): AnswerContent {
    switch (block['type']) {
      case 'text':
        return { type: 'text', text: '' };
      case 'thinking':
        return { type: 'thinking', thinking: '', signature: this.#wordOf(block['signature']) };
      case 'redacted_thinking':
        return { type: 'redacted_thinking', data: this.#wordOf(block['data']) };
      case 'tool_use':
        return { type: 'tool_use', id: this.#wordOf(block['id']), name: this.#wordOf(block['name']), inputJson: '' };
      default:
        this.#countUnknown(`block ${this.#wordOf(block['type'])}`);
        // It is not shown, and sent at most once more: what can't be stored is not missed.
        return { type: 'other', raw: isTooDeep(block) ? { type: 'tooDeep' } : this.#redaction.fields(block) };
    }
  }

  #appendDelta(index: number | undefined, delta: Fields): void {
    switch (delta['type']) {
      case 'text_delta':
        this.delta(index, 'text', textOf(delta['text']));
        return;
      case 'thinking_delta':
        this.delta(index, 'thinking', textOf(delta['thinking']));
        return;
      case 'input_json_delta':
        this.#appendInput(index, textOf(delta['partial_json']));
        return;
      case 'citations_delta':
        this.#cite(this.#positionFor(index, 'text'), delta['citation']);
        return;
      case 'signature_delta':
        this.#sign(index, this.#wordOf(delta['signature']));
        return;
      default:
        this.#countUnknown(`delta ${this.#wordOf(delta['type'])}`);
    }
  }

  /** The input of a tool that the service runs itself belongs to its own block: it is no call that is to be run here. */
  #appendInput(index: number | undefined, json: string): void {
    const position = index === undefined ? this.message.content.length - 1 : this.#positions.get(index);
    const block = this.message.content[position ?? -1];
    if (block?.type !== 'other') this.delta(index, 'tool_use', json);
    else this.#otherInputs.set(block, (this.#otherInputs.get(block) ?? '') + json);
  }

  #cite(position: number, given: unknown): void {
    const block = this.message.content[position];
    if (block?.type !== 'text' || !isFields(given) || isTooDeep(given)) return;
    const redacted = this.#redaction.fields(given);
    const fields = this.#restoring ? this.#restoring.fields(redacted) : redacted;
    const citation = { ...fields, type: textOf(fields['type']) };
    (block.citations ??= []).push(citation);
    this.#listener.cited?.(position, citation);
  }

  /** Signs the thinking of that index; where another block stands there, the last thinking that is not signed. */
  #sign(index: number | undefined, signature: string): void {
    const { content } = this.message;
    const position = index === undefined ? content.length - 1 : this.#positions.get(index);
    const there = position === undefined ? undefined : content[position];
    const unsigned = content.findLast(block => block.type === 'thinking' && block.signature === '');
    if (there?.type === 'thinking') there.signature = signature;
    else if (unsigned?.type === 'thinking') unsigned.signature = signature;
    // The start was left out, and the thinking with it.
    else if (!there) this.#addBlock(index, { type: 'thinking', thinking: '', signature });
  }

  /** The block that a delta belongs to; made up where its start never came or has another type. */
  #positionFor(index: number | undefined, type: GrowingType): number {
    const last = this.message.content.length - 1;
    const position = index === undefined ? last : this.#positions.get(index);
    if (position !== undefined && this.message.content[position]?.type === type) return position;
    return this.#addBlock(index ?? last + 1, this.#readBlock({ type }));
  }

  #append(position: number, piece: string): void {
    if (piece === '') return;
    this.#appendRedacted(position, (this.#redactors[position] ??= this.#redaction.pieces(this.screen)).append(piece));
  }

  #release(position: number): void {
    this.#appendRedacted(position, this.#redactors[position]?.end() ?? '');
    this.#appendRestored(position, this.#restorers[position]?.end() ?? '');
  }

  #appendRedacted(position: number, text: string): void {
    const block = this.message.content[position];
    // Thinking goes back word for word: its placeholders stay.
    if (!this.#restoring || text === '' || (block?.type !== 'text' && block?.type !== 'tool_use')) {
      this.#appendRestored(position, text);
      return;
    }
    const isJson = block.type === 'tool_use';
    if (isJson) this.#unrestored.set(position, (this.#unrestored.get(position) ?? '') + text);
    const restorer = (this.#restorers[position] ??= this.#restoring.pieces(isJson ? 'json' : 'text'));
    this.#appendRestored(position, restorer.append(text));
  }

  #appendRestored(position: number, text: string): void {
    const block = this.message.content[position];
    if (!block || text === '') return;
    if (block.type === 'text') block.text = this.#growing.append(block, block.text, text);
    else if (block.type === 'thinking') block.thinking = this.#growing.append(block, block.thinking, text);
    else if (block.type === 'tool_use') block.inputJson = this.#growing.append(block, block.inputJson, text);
    else return;
    this.#listener.textAppended(position, text);
  }

  #closeBlock(index: number | undefined): void {
    const position = index === undefined ? this.message.content.length - 1 : this.#positions.get(index);
    if (position === undefined) return;
    this.#open.delete(position);
    // What comes behind a first end waits for the answer's: an input is not parsed at every one of many.
    if (!this.#parsed.has(position)) this.#completeBlock(position);
    this.#listener.blockEnded?.(position);
  }

  #completeBlock(position: number): void {
    this.#release(position);
    const block = this.message.content[position];
    if (block?.type === 'other') this.#completeOther(block);
    if (block?.type !== 'tool_use' || this.#parsed.get(position) === block.inputJson.length) return;
    this.#parsed.set(position, block.inputJson.length);
    // A key that is put back is the user's own, and no echo that has to be taken out.
    const input = parseToolInput(this.#unrestored.get(position) ?? block.inputJson);
    if (input) {
      const redacted = this.#redaction.fields(input);
      block.input = this.#restoring ? this.#restoring.fields(redacted) : redacted;
    } else delete block.input;
  }

  #completeOther(block: AnswerContent & { type: 'other' }): void {
    const input = parseToolInput(this.#otherInputs.get(block) ?? '');
    if (this.#otherInputs.delete(block) && input) block.raw = { ...block.raw, input: this.#redaction.fields(input) };
  }

  #finish(data: Fields): void {
    const delta = isFields(data['delta']) ? data['delta'] : {};
    const stopReason = this.#wordOf(delta['stop_reason']);
    if (stopReason !== '') this.message.stopReason = protocolStopReason(stopReason);
    if (typeof delta['stop_sequence'] === 'string') {
      this.message.stopSequence = this.#wordOf(delta['stop_sequence']);
    }
    // Relays that write events anew put it beside the delta.
    const details = this.#detailsOf(delta['stop_details'] ?? data['stop_details']);
    if (details) this.message.stopDetails = details;
    this.#mergeUsage(data['usage']);
  }

  /** Usage is cumulative: a later number replaces an earlier one, and a zero never replaces a number. */
  #mergeUsage(usage: unknown): void {
    if (!isFields(usage)) return;
    const merged = this.message.usage;
    for (const key of usageKeys) {
      const value = usage[key];
      if (typeof value === 'number' && (value > 0 || merged[key] === undefined)) merged[key] = value;
    }
  }

  #detailsOf(given: unknown): StopDetails | undefined {
    if (!isFields(given)) return undefined;
    const category = this.#wordOf(given['category']).slice(0, longestDetails);
    const explanation = this.#wordOf(given['explanation']).slice(0, longestDetails);
    if (category === '' && explanation === '') return undefined;
    return { ...(category !== '' && { category }), ...(explanation !== '' && { explanation }) };
  }

  /** A text that comes whole. */
  #wordOf(value: unknown): string {
    return this.#redaction.text(textOf(value));
  }

  #countUnknown(type: string): void {
    this.unknownTypes.set(type, (this.unknownTypes.get(type) ?? 0) + 1);
  }
}

/** Characters of what an endpoint says of a refusal. */
const longestDetails = 2_000;

const usageKeys = [
  'input_tokens',
  'output_tokens',
  'cache_creation_input_tokens',
  'cache_read_input_tokens',
] as const satisfies (keyof WireUsage)[];

/** Whether the start of a block that is open comes once more, as some converters send it. Others count all as one. */
function isSameBlock(open: AnswerContent | undefined, started: AnswerContent): boolean {
  if (open?.type === 'tool_use' && started.type === 'tool_use') return started.id === '' || started.id === open.id;
  if (open?.type === 'redacted_thinking' && started.type === 'redacted_thinking') return started.data === open.data;
  return open?.type === started.type;
}

/**
 * Stop reasons of other protocols that leak through converters, in this protocol's words. `content_filter` has none: it is
 * the endpoint that has stopped the model, not the model that has declined.
 */
function protocolStopReason(reason: string): string {
  const leaked: Record<string, string> = {
    stop: 'end_turn',
    length: 'max_tokens',
    tool_calls: 'tool_use',
  };
  return leaked[reason] ?? reason;
}

/** In a stream the input starts as the empty object `{}`, which is not part of the JSON text that follows. */
function initialInput(input: unknown): string {
  if (typeof input === 'string') return input;
  return isFields(input) && Object.keys(input).length > 0 ? JSON.stringify(input) : '';
}

function indexOf(data: Fields): number | undefined {
  return typeof data['index'] === 'number' ? data['index'] : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Relays tell of errors in events of no type, in the words of their other endpoints. */
function tellsOfError({ type, error, success, code }: Fields): boolean {
  if (error !== undefined && error !== null && error !== false) return true;
  return type === undefined && (success === false || Number(code) >= 400);
}
