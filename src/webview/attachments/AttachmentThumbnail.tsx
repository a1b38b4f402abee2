import { useEffect, useRef } from 'preact/hooks';
import type { MediaAttachment } from '../../shared/attachment.ts';
import { fitImage, patchesOf } from '../../shared/imageFit.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { formatCount } from '../ui/numberText.ts';
import { Icon } from '../ui/Icon.tsx';

/** Pixels of the page. */
const edge = 32;

/** A small picture of an attached image; an icon for everything else, and for what the endpoint fetches itself. */
export function AttachmentThumbnail({ attachment }: { attachment: MediaAttachment }) {
  const { kind, source } = attachment;
  if (kind !== 'image') return <Icon name="file-pdf" />;
  return source.type === 'url' ? <Icon name="file-media" /> : <Thumbnail attachment={attachment} />;
}

/** The host has the data; it is asked for once the picture is to be seen. */
function Thumbnail({ attachment: { id } }: { attachment: MediaAttachment }) {
  const { requests } = useServices();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const show = async (): Promise<void> => {
      const bytes = await requests.ask({ type: 'showAttachment', id }).catch(() => null);
      if (bytes && canvas.current) await draw(canvas.current, bytes);
    };
    void show();
  }, [id]);
  // Drawn, and not an <img>: the page may load no images at all.
  return <canvas class="thumbnail" ref={canvas} width={edge} height={edge} aria-hidden="true" />;
}

async function draw(canvas: HTMLCanvasElement, bytes: Uint8Array): Promise<void> {
  const scale = devicePixelRatio;
  try {
    const whole = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
    const side = Math.min(whole.width, whole.height);
    const [left, top] = [(whole.width - side) / 2, (whole.height - side) / 2];
    const size = Math.round(edge * scale);
    const small = await createImageBitmap(whole, left, top, side, side, {
      resizeWidth: size,
      resizeHeight: size,
      resizeQuality: 'high',
    });
    whole.close();
    canvas.width = size;
    canvas.height = size;
    canvas.getContext('2d')?.drawImage(small, 0, 0);
    small.close();
  } catch {
    // What can't be decoded here stays an empty square; its name says what it is.
  }
}

/** The size of an attached image and what it costs; nothing where the size is not known. */
export function ImageSize({ attachment: { kind, pixels } }: { attachment: MediaAttachment }) {
  const { store } = useServices();
  if (kind !== 'image' || !pixels) return null;
  const tokens = patchesOf(fitImage(pixels, store.imageLimits.value));
  const text = t('{0} × {1}, ~{2} tokens', pixels.width, pixels.height, formatCount(tokens));
  return (
    <span class="attachment-size" title={text}>
      {text}
    </span>
  );
}
