/** The part of a message event that says who has posted it. */
interface PostedMessage {
  readonly origin: string;
  readonly data: unknown;
}

/**
 * Whether the editor has posted this to our page. It hands on what the extension posts from the page around ours, which
 * has the origin of ours: one of its own for each webview. Whoever else may reach a window, such as the webview of
 * another extension, has another. What the page sees as its parent is itself (the editor sets it so), hence not the
 * source.
 */
export function isFromHost(event: PostedMessage, ownOrigin: string): boolean {
  return event.origin === ownOrigin;
}
