import { interfaceFontSizePx, leastFontSizePx, mostFontSizePx } from '../../shared/viewSettings.ts';
import { readViewSettings, saveFontSize } from '../config.ts';

let lastChange: Promise<void> = Promise.resolve();

/** Makes the chat's text larger or smaller by `pixels`. */
export function changeFontSize(pixels: number): Promise<void> {
  return afterLast(async () => {
    const current = readViewSettings().fontSizePx || interfaceFontSizePx;
    const wanted = Math.round(current) + pixels;
    await saveFontSize(Math.min(mostFontSizePx, Math.max(leastFontSizePx, wanted)));
  });
}

export function resetFontSize(): Promise<void> {
  return afterLast(() => saveFontSize(undefined));
}

/** A key that is held down comes faster than settings are saved, and each step goes on from the one before. */
function afterLast(change: () => Promise<void>): Promise<void> {
  lastChange = lastChange.catch(() => undefined).then(change);
  return lastChange;
}
