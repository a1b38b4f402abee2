import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { NextSize } from '../../shared/nextSize.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { costText, shortCount } from '../ui/numberText.ts';
import { shareText, sizeSentence } from '../size/sizeText.ts';
import { SizeCard } from '../size/SizeCard.tsx';
import { fullness, Meter } from '../size/SizeMeter.tsx';

/** What the request would take that goes out now; its parts at a click. */
export function ComposerSize() {
  const { store, composition } = useServices();
  const isOpen = useSignal(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const size = store.size.value;
  const close = (): void => {
    if (root.current?.contains(document.activeElement)) button.current?.focus();
    isOpen.value = false;
  };
  useEffect(() => {
    if (!isOpen.value) return undefined;
    const closeOutside = (event: Event): void => {
      if (event.target instanceof Node && root.current?.contains(event.target)) return;
      isOpen.value = false;
    };
    document.addEventListener('pointerdown', closeOutside);
    document.addEventListener('focusin', closeOutside);
    return () => {
      document.removeEventListener('pointerdown', closeOutside);
      document.removeEventListener('focusin', closeOutside);
    };
  }, [isOpen.value]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !isOpen.value || composition.owns(event)) return;
    event.preventDefault();
    // It would stop a running answer as well.
    event.stopPropagation();
    close();
  };
  // Its line is there before the first figures are, so that nothing moves when they come.
  if (!size) return <div class="composer-size" />;
  const sentence = sizeSentence(size, t);
  return (
    <div class="composer-size" ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        ref={button}
        class={`size-button ${fullness(size)}`}
        aria-expanded={isOpen.value}
        aria-haspopup="dialog"
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        {/* Heard in place of the figures that are seen: a label would have to hold them, too. */}
        <span class="visually-hidden">{sentence}</span>
        <span class="size-amounts" title={sentence} aria-hidden="true">
          <Meter size={size} />
          <Amounts size={size} />
        </span>
      </button>
      {isOpen.value && <SizeCard size={size} close={close} />}
    </div>
  );
}

function Amounts({ size }: { size: NextSize }) {
  const share = shareText(size);
  return (
    <>
      <span>{shortCount(size.tokens)}</span>
      {share !== undefined && <span class="size-share">{share}</span>}
      {size.inputCostUsd !== undefined && <span>{costText(size.inputCostUsd)}</span>}
    </>
  );
}
