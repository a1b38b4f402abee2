/** What the view needs of the renderer, in one bundle: it is as large as the rest, and an empty view does without. */
export { BlockText } from '../blockText.ts';
export { renderMarkdown } from './renderBlock.ts';
