/** A few lines in the language that the question names, about its most telling word. */
export function codeSample(question: string, word: string | undefined): string {
  const language = LANGUAGES.find(([, pattern]) => pattern.test(question))?.[0] ?? 'typescript';
  const name = identifier(word);
  const lines = (SAMPLES[language] ?? SAMPLES['typescript'])?.(name, word ?? name) ?? [];
  return ['```' + language, ...lines, '```'].join('\n');
}

const LANGUAGES: readonly (readonly [string, RegExp])[] = [
  ['python', /\bpython\b/i],
  ['javascript', /\bjavascript\b|\bjs\b/i],
  ['go', /\bgolang\b|\bGo\b/],
  ['java', /\bjava\b/i],
  ['rust', /\brust\b/i],
  ['sql', /\bsql\b/i],
  ['bash', /\bbash\b|\bshell\b/i],
  ['json', /\bjson\b/i],
  ['html', /\bhtml\b/i],
];

type Sample = (name: string, word: string) => readonly string[];

const SAMPLES: Readonly<Record<string, Sample>> = {
  typescript: (name, word) => [
    `export function ${name}(times: number): string[] {`,
    `  return Array.from({ length: times }, (_, at) => \`\${at + 1}: ${word}\`);`,
    '}',
  ],
  javascript: (name, word) => [
    `export function ${name}(times) {`,
    `  return Array.from({ length: times }, (_, at) => \`\${at + 1}: ${word}\`);`,
    '}',
  ],
  python: (name, word) => [
    `def ${name}(times: int) -> list[str]:`,
    `    return [f"{at + 1}: ${word}" for at in range(times)]`,
  ],
  go: (name, word) => [
    `func ${name}(times int) []string {`,
    '\tlines := make([]string, 0, times)',
    '\tfor at := 1; at <= times; at++ {',
    `\t\tlines = append(lines, fmt.Sprintf("%d: ${word}", at))`,
    '\t}',
    '\treturn lines',
    '}',
  ],
  java: (name, word) => [
    `static List<String> ${name}(int times) {`,
    `    return IntStream.rangeClosed(1, times).mapToObj(at -> at + ": ${word}").toList();`,
    '}',
  ],
  rust: (name, word) => [
    `fn ${name}(times: usize) -> Vec<String> {`,
    `    (1..=times).map(|at| format!("{at}: ${word}")).collect()`,
    '}',
  ],
  sql: (_, word) => ['SELECT word, count(*) AS times', 'FROM messages', `WHERE word = '${word}'`, 'GROUP BY word;'],
  bash: (_, word) => ['for at in 1 2 3; do', `  echo "$at: ${word}"`, 'done'],
  json: (_, word) => ['{', `  "word": "${word}",`, '  "times": 3', '}'],
  html: (_, word) => ['<ul>', `  <li>${word}</li>`, '</ul>'],
};

function identifier(word: string | undefined): string {
  const parts = (word ?? '').split(/[^A-Za-z0-9]+/);
  const letters = parts.map((part, at) => (at === 0 ? part : part.charAt(0).toUpperCase() + part.slice(1))).join('');
  return /^[A-Za-z]/.test(letters) ? `${letters.charAt(0).toLowerCase()}${letters.slice(1)}Lines` : 'lines';
}
