/** What is found in a request that may not be meant for the endpoint. `value`: of a setting whose name or look says so. */
export const foundKinds = ['token', 'privateKey', 'password', 'value', 'mail', 'phone', 'card'] as const;
export type FoundKind = (typeof foundKinds)[number];

/** Those that are about people; the others let somebody in. */
export const personalKinds: ReadonlySet<FoundKind> = new Set(['mail', 'phone', 'card']);

/** The part of a request that it stands in. */
export type FoundPart =
  'system' | 'tools' | 'message' | 'earlierMessage' | 'answer' | 'toolCall' | 'toolResult' | 'file';

export interface FoundPlace {
  part: FoundPart;
  /** The path of a file, or what the tool was called for. */
  name?: string;
  /** 1-based: of the file, else of the text. */
  line: number;
}

/** One secret, wherever it stands. */
export interface FoundSecret {
  kind: FoundKind;
  /** Its first characters: the view gets no more of it. */
  masked: string;
  /** The first of them. */
  places: FoundPlace[];
  morePlaces: number;
}

/** A request that waits for the user's word on what was found in it. */
export interface ClearanceAsk {
  found: FoundSecret[];
  /** As many again are not listed. */
  more: number;
}

/** `cancel`: the request does not go out. */
export const clearanceChoices = ['placeholders', 'asIs', 'cancel'] as const;
export type ClearanceChoice = (typeof clearanceChoices)[number];
