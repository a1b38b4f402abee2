import { isMedia, type MediaAttachment } from '../../shared/attachment.ts';
import type { ImageLimits } from '../../shared/imageFit.ts';
import { type Excess, excessWith } from '../context/mediaLimits.ts';
import { type ModelRules, mostPdfPages } from '../models/modelRules.ts';
import type { ChatSession } from './session.ts';

/** Why the next request is known to be refused with this too; undefined where it is not. */
export function mediaExcess(
  added: MediaAttachment,
  { media }: Pick<ChatSession, 'media'>,
  rules: ModelRules,
): Excess | undefined {
  const limits = { images: rules.image.mostInRequest, pages: mostPdfPages(rules) };
  return excessWith(added, media.beside, media.before, limits);
}

/** How large an image may be that the model sees. */
export function imageLimitsOf({ image }: ModelRules): ImageLimits {
  const { longEdgePixels, tokens } = image;
  return { longEdgePixels, tokens };
}

/** Base64 of an image or a document of the conversation; undefined where it has no such bytes. */
export function mediaDataOf(session: Pick<ChatSession, 'findAttachment'>, id: string): string | undefined {
  const attachment = session.findAttachment(id);
  if (!attachment || !isMedia(attachment) || attachment.source.type !== 'base64') return undefined;
  return attachment.source.data;
}
