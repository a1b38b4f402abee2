const generatedNames = [
  /^(?:package-lock|npm-shrinkwrap|packages\.lock)\.json$/,
  /^(?:yarn|bun|deno|cargo|gemfile|composer|poetry|pipfile|uv|pdm|flake|mix|pubspec|podfile)\.lock$/,
  /^(?:pnpm-lock\.yaml|go\.sum|gradle\.lockfile)$/,
  /\.min\.(?:js|mjs|css)$/,
  /\.(?:js|mjs|cjs|css)\.map$/,
  /\.(?:pb\.go|pb\.cc|pb\.h|g\.dart|freezed\.dart|designer\.cs|g\.cs)$|_pb2(?:_grpc)?\.py$/,
];

/** Whether a file is made by a program, by its name: nobody writes it, and so nobody reviews it. */
export function looksGenerated(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return generatedNames.some(pattern => pattern.test(name));
}

/** Characters at the start of a file in which it says what it is. */
const beginning = 1_000;

/** Whether a file says so itself, as generators agree to write it. */
export function saysGenerated(text: string): boolean {
  return /@generated\b|\bcode generated\b.*\bdo not edit\b|<auto-?generated\b/i.test(text.slice(0, beginning));
}
