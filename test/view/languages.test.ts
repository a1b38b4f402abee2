import assert from 'node:assert/strict';
import { languages } from '../../scripts/l10n/languages.ts';
import { eventually } from '../../harness/drive/eventually.ts';
import { view } from '../support/view.ts';
import { expectNoEnglish } from '../support/noEnglish.ts';
import { inLanguage } from '../../harness/drive/inLanguage.ts';
import { Wording } from '../../harness/drive/wording.ts';

/** The name that a request asks for an answer in. */
const names = { ja: '日本語', 'zh-cn': '简体中文' };

for (const language of languages) {
  view.describe(language, () => {
    view.use({ language });
    const wording = new Wording(language);

    view(`the chat speaks ${language}: empty, with an answer, its figures and a failure`, async ({ stage: parts }) => {
      const { workbench, endpoint } = parts;
      const chat = await workbench.openChat();
      assert.equal(await chat.frame.evaluate('document.documentElement.lang'), language);
      await expectNoEnglish(wording, chat.frame, 'empty');
      await chat.ask('Compare tea and coffee in a table, with a code snippet');
      await chat.idle();
      await expectNoEnglish(wording, chat.frame, 'answered');
      await chat.button(/^Tokens: /).click();
      await chat.answers.last().getByRole('group', { name: 'What This Answer Took' }).waitFor();
      await expectNoEnglish(wording, chat.frame, 'figures');
      endpoint.faults.next({ kind: 'status', status: 401 });
      await chat.ask('Is my key right?');
      await chat.idle();
      await chat.button('Set API Key').first().waitFor();
      await expectNoEnglish(wording, chat.frame, 'a key that is refused');
      endpoint.faults.next({ kind: 'status', status: 529, headers: { 'retry-after': '20' } });
      await chat.ask('Are you busy?');
      await chat.answers
        .last()
        .getByText(/Retrying/)
        .waitFor();
      await expectNoEnglish(wording, chat.frame, 'a wait');
      await chat.button('Retry Now').click();
      await chat.idle();
    });

    view(`what a command asks is answered in ${language}, and the request shows why`, async ({ stage: parts }) => {
      const { workbench, endpoint } = parts;
      const chat = await workbench.openChat();
      workbench.openFile('src/orders.ts', [16, 22]);
      await workbench.command('Marginalia: Explain Selection');
      const { body } = await endpoint.arrival(0);
      const line = wording
        .say('Answer in {0}. Code and its comments stay in the language that they are in.')
        .replace('{0}', names[language]);
      assert.match(JSON.stringify(body), new RegExp(line));
      await eventually(async () => assert.match(await chat.questions.last().innerText(), new RegExp(line)));
    });

    view(`history, requests, usage and parameters speak ${language}`, async ({ workbench }) => {
      const chat = await workbench.openChat();
      await chat.ask('Which tea keeps best?');
      await chat.idle();
      const history = await workbench.openHistory();
      await history.row('Which tea keeps best?').first().waitFor();
      await history.panel.getByText('Today').waitFor();
      await expectNoEnglish(wording, history.frame, 'history');
      await history.search.press('Escape');
      await workbench.command('Marginalia: Show Parameters');
      await chat.frame.getByRole('heading', { name: 'Sampling' }).waitFor();
      await expectNoEnglish(wording, chat.frame, 'parameters');
      await expectNoEnglish(wording, (await workbench.inspector()).mainFrame(), 'requests');
      await workbench.command('Marginalia: Show Usage');
      const usage = inLanguage(await workbench.panel('.usage-page .usage-totals'), wording);
      await usage.getByRole('heading', { name: 'By Day' }).waitFor();
      await expectNoEnglish(wording, usage.mainFrame(), 'usage');
    });
  });
}
