import { signal, type Signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { base64Of } from '../ui/base64.ts';
import { fileRefusalText } from '../images/fileRefusalText.ts';
import { prepareFile } from '../images/prepareImage.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';

export interface Attaching {
  take: (files: readonly File[]) => void;
  /** Why files were not taken, a sentence or two for each; empty where all were. */
  note: Signal<string>;
  /** The files that are being read. */
  waiting: Signal<number>;
}

/** Takes files to be attached: pasted, dropped, or chosen with the host's dialog. Images are scaled down first. */
export function useAttaching(): Attaching {
  const { store, post } = useServices();
  const attaching = useMemo(() => {
    const note = signal('');
    const waiting = signal(0);
    // One after another: a decoded photograph takes hundreds of megabytes.
    let last: Promise<void> = Promise.resolve();
    const take = (files: readonly File[]): void => {
      note.value = '';
      for (const file of files) {
        waiting.value++;
        last = last.then(async () => {
          const refusal = await attach(file);
          note.value = [note.value, refusal].filter(text => text !== '').join(' ');
          waiting.value--;
        });
      }
    };
    const attach = async (file: File): Promise<string> => {
      try {
        const beside = store.view.value?.attachments.filter(({ kind }) => kind === 'image').length ?? 0;
        const prepared = await prepareFile(file, store.imageLimits.value, beside);
        if (!prepared.ok) return fileRefusalText(prepared.reason, file.name);
        post({ type: 'attach', name: file.name, data: await base64Of(prepared.file) });
        return '';
      } catch {
        // A folder is dropped as a file that nobody can read.
        return t('{0} cannot be read.', file.name);
      }
    };
    return { take, note, waiting };
  }, []);
  useEffect(
    () =>
      store.onFileToAttach(({ name, bytes }) => {
        attaching.take([new File([new Uint8Array(bytes)], name)]);
      }),
    [attaching],
  );
  return attaching;
}
