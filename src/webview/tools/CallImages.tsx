import { useEffect, useRef } from 'preact/hooks';
import type { CallImage } from '../../shared/ranCalls.ts';
import { ImageSize } from '../attachments/AttachmentThumbnail.tsx';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';

/** Pixels of the page: what an image is scaled down to. */
const widest = 480;
const highest = 300;

/** What a tool has brought to look at. Each opens in the editor, as large as it is. */
export function CallImages({ images }: { images: readonly CallImage[] }) {
  const { post } = useServices();
  return (
    <ul class="call-images">
      {images.map(image => (
        <li key={image.id}>
          <button
            type="button"
            title={t('Open {0}', image.name)}
            onClick={() => post({ type: 'openAttachment', id: image.id, asSent: true })}
          >
            <Picture image={image} />
          </button>
          <ImageSize attachment={image} />
        </li>
      ))}
    </ul>
  );
}

/** The host has the data. Drawn, and not an <img>: the page may load no images at all. */
function Picture({ image: { id, name } }: { image: CallImage }) {
  const { requests } = useServices();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const show = async (): Promise<void> => {
      const bytes = await requests.ask({ type: 'showAttachment', id }).catch(() => null);
      if (bytes && canvas.current) await draw(canvas.current, bytes);
    };
    void show();
  }, [id]);
  return <canvas ref={canvas} width={0} height={0} role="img" aria-label={name} />;
}

async function draw(canvas: HTMLCanvasElement, bytes: Uint8Array): Promise<void> {
  try {
    const whole = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
    const scale = Math.min(1, widest / whole.width, highest / whole.height);
    const [width, height] = [Math.max(1, whole.width * scale), Math.max(1, whole.height * scale)];
    canvas.width = Math.round(width * devicePixelRatio);
    canvas.height = Math.round(height * devicePixelRatio);
    canvas.style.width = `${width}px`;
    canvas.getContext('2d')?.drawImage(whole, 0, 0, canvas.width, canvas.height);
    whole.close();
  } catch {
    // What can't be decoded here is named below its place, and opens.
    canvas.replaceWith(canvas.getAttribute('aria-label') ?? '');
  }
}
