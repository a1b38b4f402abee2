/** Colours follow the reader's system, sizes are those of print where it is printed. */
export const pageStyle = `
:root {
  color-scheme: light dark;
  --text: light-dark(#1f2328, #d6dae0);
  --muted: light-dark(#59636e, #9198a1);
  --back: light-dark(#ffffff, #16191d);
  --raised: light-dark(#f3f5f7, #21262c);
  --line: light-dark(#d5dae0, #3a414a);
  --link: light-dark(#0a5bc4, #79b4ff);
  --mark: light-dark(#a3570b, #e0a050);
  font: 16px/1.6 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif;
}
:root:lang(ja), :root:lang(zh) { line-break: strict; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); }
header, main, footer { max-width: 48rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 3rem; padding-bottom: 1rem; }
footer { padding-top: 1rem; padding-bottom: 3rem; }
h1 { margin: 0; font-size: 1.75rem; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 0 0 0.5rem; font-size: 0.875rem; font-weight: 600; color: var(--muted); overflow-wrap: anywhere; }
h3, h4, h5, h6 { margin: 1.5rem 0 0.5rem; font-size: 1.0625rem; line-height: 1.3; }
h3.heading-1 { font-size: 1.375rem; }
h3.heading-2 { font-size: 1.1875rem; }
.about, footer, time { color: var(--muted); font-size: 0.875rem; font-weight: 400; }
.about { margin: 0.5rem 0 0; }
article { padding: 1rem 0; overflow-wrap: anywhere; }
article + article { border-top: 1px solid var(--line); }
.prompt > .said { background: var(--raised); border-radius: 8px; padding: 0.75rem 1rem; white-space: pre-wrap; }
p, ul, ol, blockquote, .code-block, .table-wrapper, figure, details { margin: 0.75rem 0; }
ul, ol { padding-left: 1.75rem; }
li > ul, li > ol { margin: 0.25rem 0; }
li.task { list-style: none; }
li.task > input { margin: 0 0.5rem 0 -1.4rem; }
a { color: var(--link); }
hr { border: 0; border-top: 1px solid var(--line); margin: 1.5rem 0; }
blockquote { margin-left: 0; padding-left: 1rem; border-left: 3px solid var(--line); color: var(--muted); }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace; font-size: 0.875em; }
pre > code { font-size: inherit; }
:not(pre) > code { background: var(--raised); border-radius: 4px; padding: 0.125rem 0.3125rem; }
.code-block, figure.code { border: 1px solid var(--line); border-radius: 8px; background: var(--raised); overflow: hidden; }
.code-header, figcaption { padding: 0.375rem 1rem; color: var(--muted); font-size: 0.8125rem; }
.code-header:not(:has(.code-language:not(:empty))) { display: none; }
.code-header, figure.code > figcaption { border-bottom: 1px solid var(--line); }
pre { margin: 0; padding: 0.75rem 1rem; overflow-x: auto; line-height: 1.5; tab-size: 4; }
p, li, th, td { white-space: pre-line; }
.raw-html { white-space: pre-wrap; }
.table-wrapper { overflow-x: auto; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: 0.375rem 0.75rem; text-align: start; vertical-align: top; }
th { background: var(--raised); }
.align-center { text-align: center; }
.align-right { text-align: right; }
figure { margin-left: 0; margin-right: 0; }
figure img { display: block; max-width: 100%; height: auto; border-radius: 8px; }
figure:not(.code) > figcaption { padding: 0.25rem 0; }
summary { cursor: pointer; color: var(--muted); font-size: 0.875rem; }
kbd { border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 4px; padding: 0 0.25rem; font: inherit; font-size: 0.875em; }
details > .folded { padding-inline-start: 1rem; }
details > .markdown { padding-left: 1rem; border-left: 3px solid var(--line); color: var(--muted); }
.finding { border-left: 3px solid var(--mark); padding-left: 1rem; margin: 1rem 0; }
.finding > h3 { margin-top: 0; }
.finding > .place, .note { color: var(--muted); font-size: 0.875rem; }
.note { color: var(--mark); }
@media print {
  :root { font-size: 11pt; color-scheme: light; }
  header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
  pre { white-space: pre-wrap; }
  h2, h3, h4, h5, h6, .code-header, figcaption { break-after: avoid; }
  img, tr { break-inside: avoid; }
  a { color: inherit; }
}
`;
