/** Reads the table of goals of a printed report, so that reports of two commits can be compared. */

/** Ratios by title. Words in parentheses are left out of a title; rows that were not measured are left out. */
export function goalRows(report: string): ReadonlyMap<string, number> {
  const rows = report.matchAll(/^\| ([^|]+ ÷ [^|]+?) \| ([\d.]+) \([^|]*\) \| ≤ /gm)
  return new Map([...rows].map(([, title = '', value]) => [title.replace(/ \([a-z]+\)/, ''), Number(value)]))
}
