import type { CallDiff, CallHunk, HunkFate } from '../../shared/ranCalls.ts';
import { t } from '../ui/l10n.ts';
import { TakeBack } from './TakeBack.tsx';

/** Which hunks of a change the user takes. */
export interface HunkChoice {
  /** Those that are left out, by their indexes. */
  left: ReadonlySet<number>;
  choose: (left: ReadonlySet<number>) => void;
}

interface Props {
  diff: CallDiff;
  choice?: HunkChoice;
  /** Where the change was made, so that it can be taken back. */
  made?: { turnId: string; index: number };
}

/** The change that a call makes, or would make. Of several hunks each can be taken or left, or taken back later. */
export function CallDiffView({ diff, choice, made }: Props) {
  const { hunks, unshown, path, isNew } = diff;
  const isSeveral = hunks.length > 1;
  const isWhole = (index: number): boolean => unshown === 0 || index < hunks.length - 1;
  return (
    <div class="excerpt">
      {isSeveral && choice && <AllHunks count={hunks.length} choice={choice} />}
      {hunks.map((hunk, index) => {
        const name = t('Change {0} of {1}, from line {2}', index + 1, hunks.length, hunk.startLine);
        const head = <HunkHead name={name} hunk={hunk} index={index} choice={choice} />;
        const canGoBack = made && !isNew && !hunk.fate && isWhole(index);
        return (
          <div key={index} class="call-hunk">
            {canGoBack ? (
              <div class="call-hunk-head">
                <span>{name}</span>
                <TakeBack {...made} hunk={index} name={name} />
              </div>
            ) : (
              (isSeveral || hunk.fate) && head
            )}
            <HunkLines hunk={hunk} name={isSeveral ? name : t('Change of {0}', path)} />
          </div>
        );
      })}
      {unshown > 0 && <p class="call-note">{t('{0} more lines are not shown.', unshown)}</p>}
    </div>
  );
}

/** Ticked where all are taken, and in between where some are. */
function AllHunks({ count, choice: { left, choose } }: { count: number; choice: HunkChoice }) {
  const all = Array.from({ length: count }, (_, index) => index);
  return (
    <label class="call-hunk-head">
      <input
        type="checkbox"
        checked={left.size === 0}
        indeterminate={left.size > 0 && left.size < count}
        onChange={() => choose(new Set(left.size === 0 ? all : []))}
      />
      {t('All {0} changes', count)}
    </label>
  );
}

interface HeadProps {
  name: string;
  hunk: CallHunk;
  index: number;
  choice: HunkChoice | undefined;
}

function HunkHead({ name, hunk, index, choice }: HeadProps) {
  if (!choice) {
    return <p class="call-hunk-head">{hunk.fate ? fateText(hunk.fate, name) : name}</p>;
  }
  const { left, choose } = choice;
  const toggle = (): void => {
    const now = new Set(left);
    if (!now.delete(index)) now.add(index);
    choose(now);
  };
  return (
    <label class="call-hunk-head">
      <input type="checkbox" checked={!left.has(index)} onChange={toggle} />
      {name}
    </label>
  );
}

function fateText(fate: HunkFate, name: string): string {
  return fate === 'left' ? t('{0}: left out', name) : t('{0}: taken back', name);
}

const signs = { same: ' ', removed: '-', added: '+' };

function HunkLines({ hunk, name }: { hunk: CallHunk; name: string }) {
  return (
    <pre tabindex={0} role="group" aria-label={name} dir="ltr" class={hunk.fate && 'not-taken'}>
      <code data-language="diff">
        {hunk.lines.map(({ kind, text }, index) => (
          <span key={index} class={`diff-line ${kind}`}>
            {`${signs[kind]}${text}\n`}
          </span>
        ))}
      </code>
    </pre>
  );
}
