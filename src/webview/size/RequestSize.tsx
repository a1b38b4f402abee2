import type { RequestPreview } from '../../shared/requestPreview.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { costText, formatCount } from '../ui/numberText.ts';
import { Button } from '../ui/Button.tsx';
import { shareText } from './sizeText.ts';

/** How large the request is, what share of the context window that is, and what its input costs at most. */
export function RequestSize({ preview }: { preview: RequestPreview }) {
  const { post } = useServices();
  const { tokens, isEstimate, inputCostUsd } = preview.size;
  const share = shareText(preview.size);
  const parts = [
    isEstimate ? t('About {0} tokens (an estimate)', formatCount(tokens)) : t('{0} tokens', formatCount(tokens)),
    share === undefined ? '' : t('{0} of the context window', share),
    inputCostUsd === undefined ? '' : t('about {0} by the vendor’s list', costText(inputCostUsd)),
  ];
  return (
    <div class="request-size">
      <p role="status">{parts.filter(part => part !== '').join(' · ')}</p>
      {isEstimate && (
        <Button isSecondary onClick={() => post({ type: 'countRequest' })}>
          {t('Count')}
        </Button>
      )}
    </div>
  );
}
