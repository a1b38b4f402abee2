import type { CheckFailure } from './moderation.ts';
import type { Translate } from './translate.ts';

/** Why the user's own check has brought no verdict. `by`: the command or the address. */
export function checkFailureText(failure: CheckFailure, by: string, t: Translate): string {
  switch (failure) {
    case 'notStarted':
      return t('“{0}” could not be started.', by);
    case 'exitCode':
      return t('“{0}” failed.', by);
    case 'timeout':
      return t('“{0}” did not come to an end in time.', by);
    case 'noVerdict':
      return t('What “{0}” has answered is no verdict.', by);
    case 'status':
      return t('“{0}” has answered with an error.', by);
    case 'unreachable':
      return t('“{0}” could not be reached.', by);
    case 'badAddress':
      return t('“{0}” does not begin with `https://`, or with `http://` and a name of this machine.', by);
    case 'stopped':
      return t('It was stopped before it had come to an end.');
  }
}
