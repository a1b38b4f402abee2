/** What `npm audit --json` says of one package: its own flaws as objects, those of what it depends on as names. */
interface ReportedPackage {
  via: (string | { title: string; url: string; severity: string; range: string })[];
  /** Where it is installed, such as `node_modules/undici`. */
  nodes: string[];
}

export type Audit = { flaws: string[] } | { notAudited: string };

/**
 * The known flaws of the packages that are `bundled`, from what `npm audit --json` has printed. A flaw in what only
 * builds or tests reaches no user, and is not ours to answer for. Where the registry could not be asked, that is said:
 * nothing is known then, neither good nor bad.
 */
export function readAuditReport(output: string, bundled: readonly string[]): Audit {
  const report = parsed(output);
  if (report?.vulnerabilities === undefined) return { notAudited: report?.message ?? 'npm audit gave no report.' };
  const flaws = Object.values(report.vulnerabilities).flatMap(({ via, nodes }) => {
    const where = nodes.filter(node => bundled.includes(node));
    if (where.length === 0) return [];
    return via
      .filter(flaw => typeof flaw === 'object')
      .map(({ title, url, severity, range }) => `${where.join(', ')} ${range}: ${title} (${severity}) ${url}`);
  });
  return { flaws };
}

function parsed(output: string): { vulnerabilities?: Record<string, ReportedPackage>; message?: string } | undefined {
  try {
    return JSON.parse(output) as { vulnerabilities?: Record<string, ReportedPackage>; message?: string };
  } catch {
    return undefined;
  }
}
