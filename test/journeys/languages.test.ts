import { journey } from '../support/journey.ts';
import { expectNoEnglish } from '../support/noEnglish.ts';
import { Wording } from '../../harness/drive/wording.ts';

// That each language is whole is shown in the tests of the view; here, that the editor's own reaches all of it.
const language = 'ja';
journey.use({ language });
const wording = new Wording(language);

journey(`history, requests, usage and parameters speak ${language}`, async ({ workbench }) => {
  const chat = await workbench.openChat();
  await chat.ask('Which tea keeps best?');
  await chat.idle();
  const history = await workbench.openHistory();
  await history.row('Which tea keeps best?').first().waitFor();
  await history.panel.getByText('Today').waitFor();
  await expectNoEnglish(wording, history.frame, 'history');
  await history.search.press('Escape');
  await workbench.command('Marginalia: Show Parameters');
  await chat.frame.getByRole('group', { name: 'The Next Request' }).waitFor();
  await expectNoEnglish(wording, chat.frame, 'parameters');
  await expectNoEnglish(wording, await workbench.inspector(), 'requests');
  await workbench.command('Marginalia: Show Usage');
  await expectNoEnglish(wording, await workbench.frameWith('By Day'), 'usage');
});
