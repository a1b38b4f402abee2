import type { RequestPreview } from '../../shared/requestPreview.ts';
import { t } from '../ui/l10n.ts';
import { useServices } from '../services.ts';
import { exactCostText, formatCount } from '../ui/numberText.ts';
import { Button } from '../ui/Button.tsx';
import { language } from '../ui/language.ts';

/** How large the request is, what share of the context window that is, and what its input costs at most. */
export function RequestSize({ preview }: { preview: RequestPreview }) {
  const { post } = useServices();
  const { tokens, isEstimate, contextWindow, inputCostUsd } = preview.size;
  const share = new Intl.NumberFormat(language(), { style: 'percent', maximumFractionDigits: 1 });
  const parts = [
    isEstimate ? t('About {0} tokens (an estimate)', formatCount(tokens)) : t('{0} tokens', formatCount(tokens)),
    t('{0} of the context window', share.format(tokens / contextWindow)),
    inputCostUsd === undefined ? '' : t('about {0} by the vendor’s list', exactCostText(inputCostUsd)),
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
