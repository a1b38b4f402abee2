import type { Severity } from '../../shared/finding.ts';

const words: Record<Severity, string> = {
  error:
    'error err critical crit high highest severe fatal blocker blocking bug danger security vulnerability p0 p1 严重 错误 高 致命 エラー 重大 高い',
  warning: 'warning warn medium moderate major p2 警告 中 中等 注意',
  info: 'info information informational note notice low lowest minor hint suggestion nit nitpick style trivial cosmetic p3 p4 提示 信息 建议 低 情報 提案 軽微',
};

const severityOf = new Map(
  (['error', 'warning', 'info'] as const).flatMap(severity =>
    words[severity].split(' ').map(word => [word, severity] as const),
  ),
);

/** What a model calls a severity. What nobody knows is a warning: it should not be overlooked, nor alarm. */
export function parseSeverity(value: unknown): Severity {
  if (typeof value !== 'string') return 'warning';
  const said = value.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return said.map(word => severityOf.get(word)).find(severity => severity !== undefined) ?? 'warning';
}
