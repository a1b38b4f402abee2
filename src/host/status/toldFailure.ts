import { messageOf } from '../../shared/messageOf.ts';

/** A failure that the user has been told of: nobody needs to say it once more. */
export class ToldFailure extends Error {}

/** What is read of the store; where that fails, `tell` says so to the user. */
export async function readOrTell<Value>(
  read: () => Value | Promise<Value>,
  tell: (error: unknown) => void,
): Promise<Value> {
  try {
    return await read();
  } catch (error) {
    tell(error);
    throw new ToldFailure(messageOf(error), { cause: error });
  }
}
