import assert from 'node:assert/strict';
import axe from 'axe-core';
import { journey } from '../support/journey.ts';
import type { Chat } from '../support/workbench.ts';

interface Violation {
  id: string;
  targets: string[];
}

journey(
  'the empty view, a conversation, a review and an error have no accessibility violation',
  async ({ workbench, endpoint }) => {
    await workbench.openFile('src/customers.ts');
    const chat = await workbench.openChat();
    assert.deepEqual(await violations(chat), [], 'the empty view');
    await chat.ask('Show me a table, a list and code about tea');
    await chat.idle();
    assert.deepEqual(await violations(chat), [], 'an answer');
    await workbench.command('Marginalia: Review File');
    await chat.answers.nth(1).waitFor();
    await chat.idle();
    assert.deepEqual(await violations(chat), [], 'a review');
    endpoint.faults.next({ kind: 'status', status: 401 });
    await chat.ask('Hello');
    await chat.idle();
    assert.deepEqual(await violations(chat), [], 'an error');
  },
);

async function violations(chat: Chat): Promise<Violation[]> {
  await chat.frame.evaluate(axe.source);
  const found: unknown = await chat.frame.evaluate(`
    axe.run(document.body).then(({ violations }) =>
      violations.map(({ id, nodes }) => ({ id, targets: nodes.map(node => node.html.slice(0, 120)) })))`);
  return found as Violation[];
}
