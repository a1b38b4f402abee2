/** The entry of the bundle that reads and writes the files of conversations, which the extension loads with the first of them. */
export { carriedFrom, shownTurns, withCountedTurns } from '../core/carry/carried.ts';
export { fileNameFrom } from '../core/carry/fileName.ts';
export { parseJsonConversation, toJson } from '../core/carry/json.ts';
export { toMarkdown } from '../core/carry/markdown.ts';
export { parseMarkdown } from '../core/carry/parseMarkdown.ts';
export { withPlaces } from '../core/carry/places.ts';
export { storeCarried } from '../core/carry/storeCarried.ts';
export { withoutKeys } from '../core/carry/withoutKeys.ts';
export { conversationPage } from './conversationPage.ts';
