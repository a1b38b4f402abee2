/** Looks a sentence up in the user's language and fills in `{0}`, `{1}`; `vscode.l10n.t` fits. */
export type Translate = (text: string, ...values: (string | number)[]) => string;
