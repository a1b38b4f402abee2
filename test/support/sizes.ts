import type { Chat } from '../../harness/drive/workbench.ts';

/** Pixels. */
export async function sizes(chat: Chat): Promise<{ text: number; line: number; code: number; icon: number }> {
  const found: unknown = await chat.frame.evaluate(`{
    const px = (selector, property) => Math.round(parseFloat(getComputedStyle(document.querySelector(selector))[property]) * 10) / 10;
    ({
      text: px('.answer .markdown', 'fontSize'),
      line: px('.answer .markdown', 'lineHeight'),
      code: px('.code-block code', 'fontSize'),
      icon: px('.composer .icon-button', 'fontSize'),
    })
  }`);
  return found as Awaited<ReturnType<typeof sizes>>;
}
