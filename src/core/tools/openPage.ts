import { type Address, parseAddress } from '../browser/address.ts';
import type { ConversationBrowsers } from '../browser/conversationBrowsers.ts';
import type { BrowserPage } from '../browser/page.ts';
import { seen } from './computer.ts';
import { InputReader } from './inputReader.ts';
import type { Tool } from './tool.ts';
import type { ToolOutput } from './toolOutput.ts';
import { ToolError } from './workspace.ts';

type PageInput = { to: 'address'; address: Address } | { to: 'back' | 'reload' };

const noAddress =
  'has to be the address of a web page, with http or https. Files and data can’t be opened; a server on this machine can show them.';

/** Opens web pages in the browser of the conversation. Addresses that are not on this machine are asked for each time. */
export function openPageTool(browsers: ConversationBrowsers): Tool<PageInput> {
  return {
    name: 'open_page',
    definition: () => ({
      name: 'open_page',
      description:
        'Opens the address of a web page, such as http://localhost:3000/, in a browser of its own, or goes back or reloads. It answers with a screenshot; act on the page with the computer tool. Pages on this machine are meant; for others the user is asked, also where a page leads to one.',
      input_schema: {
        type: 'object',
        properties: {
          url: { type: 'string' },
          go: { type: 'string', enum: ['back', 'reload'], description: 'Instead of `url`.' },
        },
        additionalProperties: false,
      },
    }),
    parse: fields => {
      const reader = new InputReader(fields);
      const go = reader.optionalText('go');
      const url = reader.optionalText('url');
      const problem = (words: string) => ({ ok: false, problem: [...reader.problems, words].join(' ') }) as const;
      if (url === undefined) {
        return go === 'back' || go === 'reload' ? { ok: true, input: { to: go } } : problem('`url` is missing.');
      }
      const address = parseAddress(url);
      return address ? { ok: true, input: { to: 'address', address } } : problem(`\`url\` ${noAddress}`);
    },
    effect: () => 'changes',
    line: input => {
      if (input.to === 'address') return { action: 'openPage', subject: input.address.href };
      return { action: input.to === 'back' ? 'goBack' : 'reload', subject: '' };
    },
    prepare: (input, { conversationId }) => {
      if (input.to !== 'address' && !browsers.find(conversationId)) {
        return Promise.reject(new ToolError('Error: No page is open. Open one with `url`.'));
      }
      const isFar = input.to === 'address' && !input.address.isLoopback;
      const run = async (signal: AbortSignal): Promise<ToolOutput> => {
        const page = await browsers.open(conversationId);
        if (signal.aborted) throw new ToolError('Error: The user stopped.');
        return browsers.inTurn(conversationId, () => go(page, input));
      };
      return Promise.resolve({ cautions: isFar ? ['address'] : [], run });
    },
  };
}

async function go(page: BrowserPage, input: PageInput): Promise<ToolOutput> {
  if (input.to === 'address') await page.open(input.address);
  else if (input.to === 'back') await page.back();
  else await page.reload();
  return seen(page);
}
