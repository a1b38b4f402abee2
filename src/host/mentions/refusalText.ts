import type { Refusal } from '../../core/context/attachment.ts';
import type { Excess } from '../../core/context/mediaLimits.ts';
import type { Translate } from '../../shared/translate.ts';

/** Why an image or a document was not attached, and what helps. */
export function refusalText(refusal: Refusal, name: string, t: Translate): string {
  switch (refusal) {
    case 'empty':
      return t('{0} is empty.', name);
    case 'unknownType':
      return t(
        '{0} was not attached: it is none of PNG, JPEG, GIF, WebP and PDF. Convert it to one of them first.',
        name,
      );
    case 'text':
      return t(
        '{0} was not attached: only images and PDFs are taken this way. Attach text with “Attach…”, or paste it into the message.',
        name,
      );
    case 'imageTooLarge':
      return t(
        '{0} was not attached: 3.75 MB are the most for an image. Save it with fewer pixels, or as a JPEG.',
        name,
      );
    case 'imageTooWide':
      return t('{0} was not attached: an image may be 8,000 pixels wide and high at most. Scale it down first.', name);
    case 'documentTooLarge':
      return t('{0} was not attached: 20 MB are the most for a PDF. Attach a part of it, or its text.', name);
    case 'documentEncrypted':
      return t(
        '{0} was not attached: it is encrypted, and the endpoint takes no encrypted PDF. Save a copy without password and restrictions first.',
        name,
      );
    case 'badAddress':
      return t('An address that begins with https:// is needed.');
  }
}

/** The same where the request would carry too much. `count` writes a number as the user does. */
export function excessText(excess: Excess, name: string, t: Translate, count: (number: number) => string): string {
  switch (excess.over) {
    case 'pages': {
      const { pages, sum, most } = excess;
      return pages > most
        ? t(
            '{0} was not attached: it has {1} pages, and this model takes {2} at most. Attach a part of it, or its text.',
            name,
            count(pages),
            count(most),
          )
        : t(
            '{0} was not attached: with it the request would carry {1} pages, and this model takes {2} at most. Take other PDFs out first, also of earlier turns, or attach a part of it.',
            name,
            count(sum),
            count(most),
          );
    }
    case 'images':
      return t(
        '{0} was not attached: {1} images are the most for a message. Send these, then go on with the next message.',
        name,
        count(excess.most),
      );
    case 'edges':
      return t(
        '{0} was not attached: where there are more than {1} images, none may be wider or higher than {2} pixels. Send these, then go on with the next message.',
        name,
        count(excess.images),
        count(excess.most),
      );
    case 'bytes':
      return t(
        '{0} was not attached: with it the request would carry more than {1} MB of images and PDFs, the most that the endpoint takes. Take others out first, also of earlier turns.',
        name,
        count(Math.floor(excess.mostBytes / 1024 / 1024)),
      );
  }
}
