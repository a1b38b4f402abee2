/** The line that closes the code fence which `text` leaves open; undefined where none is open. */
export function openFence(text: string): string | undefined {
  let open: string | undefined;
  for (const line of text.split('\n')) {
    const [, fence, info = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (fence === undefined) continue;
    if (open === undefined) open = fence.startsWith('`') && info.includes('`') ? undefined : fence;
    else if (fence.startsWith(open) && info.trim() === '') open = undefined;
  }
  return open;
}
