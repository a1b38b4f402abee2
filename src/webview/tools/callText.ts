import type { CallDiff, CallLine, CallResult, CallStart, Caution, RanCall } from '../../shared/ranCalls.ts';
import { t } from '../ui/l10n.ts';
import { language } from '../ui/language.ts';
import { visibleText } from './visibleText.ts';

/** What a call does, in a line. */
export function callName({ action, subject }: CallLine): string {
  switch (action) {
    case 'view':
      return t('View {0}', subject);
    case 'create':
      return t('Create {0}', subject);
    case 'replace':
      return t('Edit {0}', subject);
    case 'insert':
      return t('Insert into {0}', subject);
    case 'undo':
      return t('Undo the last edit of {0}', subject);
    case 'openPage':
      return t('Open {0}', subject);
    case 'goBack':
      return t('Go back to the page before');
    case 'reload':
      return t('Reload the page');
    case 'lookAtPage':
      return subject === '' ? t('Look at the page') : t('Look at {0} of the page', subject);
    case 'usePointer':
      return t('Pointer: {0}', subject);
    case 'type':
      return t('Type “{0}”', subject);
    case 'pressKeys':
      return t('Press {0}', subject);
    case 'waitSeconds':
      return subject === '1' ? t('Wait 1 second') : t('Wait {0} seconds', subject);
    case 'todo':
      return t('Steps: {0}', subject);
    case 'run':
      return t('Run {0}', visibleText(subject));
    case 'restart':
      return t('Restart the shell');
    case 'tool':
    case 'unknown':
      return subject;
  }
}

export function callQuestion(line: CallLine, diff: CallDiff | undefined): string {
  const { action, subject } = line;
  if (action === 'openPage') return t('Open {0} in a browser of its own?', subject);
  if (inBrowser.includes(action)) return t('Do this in the browser? {0}', callName(line));
  if (action === 'view') return t('Let the model see {0}?', subject);
  if (action === 'run') return t('Run this command?');
  if (action === 'restart') return t('Restart the shell?');
  if (action === 'create' && diff?.isNew) return t('Create {0}?', subject);
  return action === 'tool' || action === 'unknown' ? t('Run {0}?', subject) : t('Change {0}?', subject);
}

const inBrowser: CallLine['action'][] = ['goBack', 'reload', 'usePointer', 'type', 'pressKeys'];

export function cautionText(caution: Caution): string {
  switch (caution) {
    case 'secret':
      return t('This file may hold secrets.');
    case 'ignored':
      return t('Version control leaves this file out.');
    case 'runs':
      return t('This file decides what programs run.');
    case 'address':
      return t('This address is not on this machine: what is typed or sent there leaves it.');
    case 'unclear':
      return t('What this does is known in full only as it runs.');
    case 'outside':
      return t('It leads out of the workspace.');
    case 'network':
      return t('It speaks with other machines.');
    case 'dangerous':
      return t('No rule allows this: it may harm more than the workspace, or give away keys.');
    case 'shellChanged':
      return t(
        'An earlier command may have changed what this one means. Your rules count again once the shell is restarted.',
      );
    case 'filesChanged':
      return t(
        'Your rule allowed this before a file was changed that decides what it runs. Look at that change first.',
      );
    case 'generated':
      return t('This file seems to be generated: what generates it would undo the change.');
    case 'changedTool':
      return t('Its server has changed what it says of this tool since you allowed it.');
  }
}

export function startText({ kind }: CallStart): string {
  switch (kind) {
    case 'command':
      return t('It starts this program, with the input below:');
    case 'task':
      return t('It runs this task of the editor:');
    case 'editorCommand':
      return t('It runs this command of the editor, with the input below:');
    case 'server':
      return t('It is a tool of this server, which is given the input below:');
  }
}

/** For those who don't see the icon. */
export function stateText(state: RanCall['state']): string {
  switch (state) {
    case 'requested':
      return t('Waits:');
    case 'awaiting':
      return t('Asks:');
    case 'running':
      return t('Runs:');
    case 'done':
      return t('Done:');
    case 'denied':
      return t('Denied:');
    case 'failed':
      return t('Failed:');
  }
}

/** What came of it, and how long that took. */
export function callOutcome({ state, diff, result, durationMs, exitCode, leftRunning = 0 }: RanCall): string {
  const time = durationMs === undefined || durationMs < 100 ? '' : secondsText(durationMs);
  if (state === 'denied') return t('not run');
  if (state === 'failed') return firstLine(result?.text ?? '');
  if (state !== 'done' && state !== 'awaiting') return '';
  const came = diff ? changeText(diff) : state === 'done' ? endText(exitCode, result) : '';
  return [came, leftText(leftRunning), time].filter(part => part !== '').join(' · ');
}

/** Said as of its end: they may have ended since. */
function leftText(count: number): string {
  if (count === 0) return '';
  return count === 1 ? t('1 left running') : t('{0} left running', count);
}

/** Of what is taken. */
function changeText({ hunks, unshown }: CallDiff): string {
  const lines = hunks.filter(({ fate }) => !fate).flatMap(hunk => hunk.lines);
  const count = (kind: string): number => lines.filter(line => line.kind === kind).length;
  const more = unshown > 0 ? '…' : '';
  return `+${count('added')} −${count('removed')}${more}`;
}

function endText(exitCode: number | undefined, result: CallResult | undefined): string {
  return exitCode === undefined ? broughtText(result) : t('exit code {0}', exitCode);
}

function broughtText(result: CallResult | undefined): string {
  const images = result?.images?.length ?? 0;
  if (images === 0) return linesText(result?.text ?? '');
  return images === 1 ? t('1 image') : t('{0} images', images);
}

function linesText(text: string): string {
  const count = text === '' ? 0 : text.split('\n').length;
  return count === 1 ? t('1 line') : t('{0} lines', count);
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/^Error: /, '');
}

/** A time, rounded. */
export function secondsText(durationMs: number): string {
  const format = new Intl.NumberFormat(language(), {
    style: 'unit',
    unit: 'second',
    unitDisplay: 'narrow',
    maximumFractionDigits: 1,
  });
  return format.format(durationMs / 1000);
}
