/** The end of an output that is a question: nobody has answered it. */
const question =
  /(?:pass(?:word|phrase|code)[^\n]*:|\[(?:y\/n|yes\/no)\][^\n]*|\((?:y\/n|yes\/no)[^\n)]*\)[^\n]*|(?:continue|proceed|sure)\s*\?[^\n]*)\s*$/i;
/** What programs say that find no terminal, or the end of their input. */
const complaint =
  /\bEOFError\b|(?:not a|requires? a|needs? a|no) (?:tty|terminal)\b|terminal is required|could not read (?:Username|Password)|\/dev\/tty|terminal prompts disabled/i;

/** Whether the end of an output looks as if the program wanted to be told something. */
export function asksForInput(output: string): boolean {
  const end = output.slice(-1_000).trimEnd();
  return question.test(end.slice(-300)) || complaint.test(end);
}
