/** Languages that are read with the same patterns. */
export type Family = 'script' | 'python' | 'go' | 'java' | 'c' | 'rust' | 'other';

const FAMILIES: Readonly<Record<string, Family>> = {
  javascript: 'script',
  javascriptreact: 'script',
  js: 'script',
  jsx: 'script',
  mjs: 'script',
  cjs: 'script',
  typescript: 'script',
  typescriptreact: 'script',
  ts: 'script',
  tsx: 'script',
  mts: 'script',
  vue: 'script',
  python: 'python',
  py: 'python',
  go: 'go',
  golang: 'go',
  java: 'java',
  kotlin: 'java',
  csharp: 'java',
  cs: 'java',
  'c#': 'java',
  c: 'c',
  h: 'c',
  cpp: 'c',
  'c++': 'c',
  cc: 'c',
  hpp: 'c',
  rust: 'rust',
  rs: 'rust',
};

const NAMES: Readonly<Record<string, string>> = {
  ts: 'TypeScript',
  tsx: 'TypeScript',
  mts: 'TypeScript',
  typescript: 'TypeScript',
  typescriptreact: 'TypeScript',
  js: 'JavaScript',
  jsx: 'JavaScript',
  mjs: 'JavaScript',
  cjs: 'JavaScript',
  javascript: 'JavaScript',
  javascriptreact: 'JavaScript',
  py: 'Python',
  python: 'Python',
  go: 'Go',
  java: 'Java',
  rs: 'Rust',
  rust: 'Rust',
  c: 'C',
  cpp: 'C++',
  cs: 'C#',
  csharp: 'C#',
};

export function familyOf(language: string): Family {
  return FAMILIES[language.toLowerCase()] ?? 'other';
}

/** As one writes it; empty where nothing is known. */
export function languageName(language: string): string {
  return NAMES[language.toLowerCase()] ?? language;
}

export function languageOfPath(path: string): string {
  return /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}

export function isTypeScript(language: string): boolean {
  return languageName(language) === 'TypeScript';
}
