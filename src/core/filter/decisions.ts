import { isFields } from '../../shared/json.ts';

/** How secrets go out that the user has decided about. */
export type Decision = 'placeholders' | 'asIs';

/**
 * What was decided in a conversation, by what it is about: the hash of a secret, or `standing`. No secret is in it: only
 * what can be compared with one.
 */
export type Decisions = Readonly<Record<string, Decision>>;

/** What is decided of whatever else is found. */
export const standing = 'standing';

/** What of it is stored. */
export interface KeptDecisions {
  decisions: Decisions;
  /** Another one whenever all was taken back; absent where that never was. */
  takenBack?: string;
}

/** What the row of `takenBack` is about. */
export const takenBackRow = 'takenBack';

/** Where the decisions of one conversation are kept; other windows may decide in it, too. */
export interface DecisionMemory {
  /** Undefined where it can't be read. */
  read: () => Promise<KeptDecisions | undefined>;
  /** Keeps these beside the others. */
  add: (decisions: Decisions) => void;
  /** They are taken back. */
  forget: () => void;
}

/**
 * What can be compared with the secret. The conversation's id makes it another one in each, so that the same secret is not
 * known again.
 */
export async function hashOf(conversationId: string, secret: string): Promise<string> {
  // The global one: to load Node's takes as long as a third of the extension.
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${conversationId}\n${secret}`));
  return Buffer.from(digest).toString('base64');
}

/** Those that were stored; what is none of them is asked about anew. */
export function parseDecisions(stored: unknown): KeptDecisions {
  const { [takenBackRow]: takenBack, ...others } = isFields(stored) ? stored : {};
  const decisions = Object.fromEntries(
    Object.entries(others).flatMap(([about, decision]): [string, Decision][] =>
      isDecision(decision) ? [[about, decision]] : [],
    ),
  );
  return { decisions, ...(typeof takenBack === 'string' && { takenBack }) };
}

function isDecision(value: unknown): value is Decision {
  return value === 'placeholders' || value === 'asIs';
}
