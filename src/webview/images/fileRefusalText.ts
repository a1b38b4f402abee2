import { t } from '../ui/l10n.ts';
import { formatCount } from '../ui/numberText.ts';
import { longestEdge, mostPixels } from './imagePlan.ts';
import type { FileRefusal } from './prepareImage.ts';

/** Why a file was not attached, and what helps. */
export function fileRefusalText(reason: FileRefusal, name: string): string {
  switch (reason) {
    case 'fileTooLarge':
      return t('{0} was not attached: 100 MB are the most for a file. Attach a part of it.', name);
    case 'tooManyPixels':
      return t(
        '{0} was not attached: {1} megapixels are the most for an image. Scale it down first.',
        name,
        formatCount(mostPixels / 1_000_000),
      );
    case 'edgeTooLong':
      return t(
        '{0} was not attached: an image may be {1} pixels wide and high at most. Crop it, or scale it down first.',
        name,
        formatCount(longestEdge),
      );
    case 'imageTooLarge':
      return t(
        '{0} was not attached: even scaled down it has more than 3.75 MB. Save it with fewer pixels, or as a JPEG.',
        name,
      );
  }
}
