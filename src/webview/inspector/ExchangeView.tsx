import type { ComponentChildren } from 'preact';
import { problemText } from '../../shared/problemText.ts';
import type { AttemptDetail, ExchangeDetail } from '../../shared/exchange.ts';
import type { CopyForm, InspectorViewMessage } from '../../shared/protocol/inspector.ts';
import { Button } from '../ui/Button.tsx';
import { t } from '../ui/l10n.ts';
import { durationText, outcomeText, timeline, tokensText } from './exchangeText.ts';

interface Props {
  detail: ExchangeDetail;
  post: (message: InspectorViewMessage) => void;
}

/** Everything about one request. */
export function ExchangeView({ detail, post }: Props) {
  const { id, attempts, answer } = detail;
  const copy = (form: CopyForm, label: string) => (
    <Button isSecondary onClick={() => post({ type: 'copy', id, form })}>
      {label}
    </Button>
  );
  const isRunningAgain = detail.outcome === 'running' && detail.purpose === 'again';
  return (
    <>
      <div class="button-row">
        {isRunningAgain ? (
          <Button onClick={() => post({ type: 'stop' })}>{t('Stop')}</Button>
        ) : (
          <Button onClick={() => post({ type: 'sendAgain', id })}>{t('Send Again')}</Button>
        )}
        {copy('curl', t('Copy as curl'))}
        {copy('python', t('Copy as Python'))}
        {copy('typescript', t('Copy as TypeScript'))}
      </div>
      <h2>{t('Overview')}</h2>
      <dl>
        <Row name={t('Outcome')}>{outcomeText(detail.outcome)}</Row>
        <Row name={t('Address')}>{`${detail.method} ${detail.url}`}</Row>
        <Row name={t('Model')}>{detail.model}</Row>
        {detail.stopReason !== undefined && <Row name={t('Stop reason')}>{detail.stopReason}</Row>}
        {detail.usage && <Row name={t('Tokens')}>{tokensText(detail)}</Row>}
        {detail.requestId !== undefined && <Row name={t('Request ID')}>{detail.requestId}</Row>}
      </dl>
      {attempts.map((attempt, index) => (
        <AttemptView key={index} attempt={attempt} number={index + 1} isOnly={attempts.length === 1} />
      ))}
      <h2>{t('Request')}</h2>
      <Headers headers={detail.requestHeaders} name={t('Request headers')} />
      <Code text={detail.request} name={t('Request body')} />
      {answer !== '' && (
        <>
          <h2>{t('Answer, put together')}</h2>
          <Code text={answer} name={t('Answer, put together')} />
        </>
      )}
    </>
  );
}

function AttemptView({ attempt, number, isOnly }: { attempt: AttemptDetail; number: number; isOnly: boolean }) {
  const { problem, responseHeaders, body, noBody } = attempt;
  return (
    <>
      <h2>{isOnly ? t('Timeline') : t('Attempt {0}', number)}</h2>
      <ol class="timeline">
        {timeline(attempt).map(([label, at]) => (
          <li key={label}>
            <span>{label}</span> <span class="exchange-facts">{durationText(at)}</span>
          </li>
        ))}
      </ol>
      {problem && (
        <p class="exchange-problem">
          {problemText(problem, t).title}
          {problem.detail !== '' && `: ${problem.detail}`}
        </p>
      )}
      {responseHeaders && (
        <Headers
          headers={responseHeaders}
          name={attempt.status === undefined ? t('Headers') : t('Headers of the answer ({0})', attempt.status)}
        />
      )}
      {body !== undefined && (
        <details open={problem !== undefined}>
          <summary>{t('Body of the answer, as it came')}</summary>
          <Code text={body} name={t('Body of the answer, as it came')} />
        </details>
      )}
      {noBody && <p class="exchange-facts">{noBodyText(noBody)}</p>}
    </>
  );
}

function noBodyText(reason: NonNullable<AttemptDetail['noBody']>): string {
  return reason === 'dropped'
    ? t('The body of the answer is not kept any more: newer ones took its place.')
    : t('The body of the answer is not shown: an API key stands in it.');
}

/** Rate limits first: they are what one looks for. */
function Headers({ headers, name }: { headers: Record<string, string>; name: string }) {
  const isLimit = (header: string): boolean => /rate-?limit|retry-after/.test(header);
  const rows = Object.entries(headers).sort(([a], [b]) => Number(isLimit(b)) - Number(isLimit(a)) || (a < b ? -1 : 1));
  return (
    <details open={rows.some(([header]) => isLimit(header))}>
      <summary>{name}</summary>
      <dl>
        {rows.map(([header, value]) => (
          <Row key={header} name={header}>
            {value}
          </Row>
        ))}
      </dl>
    </details>
  );
}

function Row({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Code({ text, name }: { text: string; name: string }) {
  return (
    <pre tabindex={0} role="group" aria-label={name} dir="ltr">
      <code>{text}</code>
    </pre>
  );
}
