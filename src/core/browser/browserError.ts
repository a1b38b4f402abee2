/** Something that the browser could not do, in words for the model. */
export class BrowserError extends Error {}
