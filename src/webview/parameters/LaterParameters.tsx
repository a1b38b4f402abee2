import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { useServices } from '../services.ts';

const loaded = signal<typeof import('./ParametersView.tsx') | undefined>(undefined);

/** The parameters, loaded when they are first shown: what is painted before does not wait for them. */
export function LaterParameters() {
  const { post } = useServices();
  useEffect(() => {
    if (loaded.peek()) return;
    void import('./ParametersView.tsx').then(
      view => (loaded.value = view),
      () => post({ type: 'scriptFailed' }),
    );
  }, []);
  return loaded.value && <loaded.value.ParametersView />;
}
