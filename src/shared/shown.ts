declare const isShown: unique symbol;

/** Text in which nothing but our own icons means more to the editor than its letters. */
export type Shown = string & { readonly [isShown]: true };

/**
 * Text as the editor is to show it, letter by letter. In messages, prompts and progress it makes a link of
 * `[text](command:…)`, which runs the command, and of `[text](https:…)`; in lists and the status bar an icon of `$(name)`;
 * and what is below a list's labels it reads as Markdown once the mouse rests there, and loads what `![](https:…)`
 * names. None of that has an escape, so a space without width parts what has to stand together. Other text stays the same.
 */
export function shown(text: string): Shown {
  return text.replace(/(?:\]|\$)(?=\()|!(?=\[)/g, '$&\u200b') as Shown;
}

/** Text behind an icon of ours, such as `key`. */
export function withIcon(icon: string, text: string): Shown {
  return `$(${icon}) ${shown(text)}` as Shown;
}
