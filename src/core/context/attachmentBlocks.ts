import type { Attachment, MediaAttachment } from '../../shared/attachment.ts';
import type { ContentBlockParam, ImageBlockParam, ImageMediaType } from '../messages/wire.ts';
import { estimateMessageTokens } from '../tokens/estimate.ts';
import { tokenizerOf } from '../tokens/tokenizer.ts';
import { describeExcerpt, fenceFor } from './prompts.ts';

/** An attachment as it stands in a message, before the question: it stays the same while what is asked changes. */
export function attachmentBlock(attachment: Attachment): ContentBlockParam {
  switch (attachment.kind) {
    case 'image':
      return imageBlock(attachment);
    case 'document': {
      const { source, name } = attachment;
      return {
        type: 'document',
        source:
          source.type === 'url'
            ? { type: 'url', url: source.url }
            : { type: 'base64', media_type: 'application/pdf', data: source.data },
        title: name.slice(0, 500),
      };
    }
    case 'code':
      return { type: 'text', text: describeExcerpt(attachment.excerpt) };
    case 'text': {
      const { heading, languageId, text } = attachment;
      const fence = languageId === '' ? '' : fenceFor(text);
      const body = fence === '' ? text : `${fence}${languageId}\n${text.replace(/\n$/, '')}\n${fence}`;
      return { type: 'text', text: `${heading}\n${body}` };
    }
  }
}

export function imageBlock({ source }: MediaAttachment): ImageBlockParam {
  if (source.type === 'url') return { type: 'image', source: { type: 'url', url: source.url } };
  // Checked when it was attached.
  const mediaType = source.mediaType as ImageMediaType;
  return { type: 'image', source: { type: 'base64', media_type: mediaType, data: source.data } };
}

/** The same with an estimate of its tokens for a model. */
export function withTokens(attachment: Attachment, model: string): Attachment {
  const tokenizer = tokenizerOf(model);
  const around = estimateMessageTokens({ role: 'user', content: [] }, tokenizer);
  const whole = estimateMessageTokens({ role: 'user', content: [attachmentBlock(attachment)] }, tokenizer);
  return { ...attachment, tokens: Math.round(whole - around) };
}
