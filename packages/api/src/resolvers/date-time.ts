/** The scalar DateTime. */
import { GraphQLScalarType } from 'graphql'

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/

/** Whether the date exists: `Date` would read 30 February as 2 March. */
function dayExists(year: string, month: string, day: string): boolean {
  return Number(day) >= 1 && Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
}

/** Whether the year in UTC has four digits: `Date` prints others with a sign, and such texts do not sort by time. */
function hasYear(ms: number): boolean {
  return /^\d{4}-/.test(new Date(ms).toISOString())
}

/** Reads RFC 3339 §5.6, and returns UTC with milliseconds, for years 0 to 9999. The error does not quote the value. */
function parseInstant(value: unknown): string {
  const [text, year = '', month = '', day = ''] = (typeof value === 'string' && rfc3339.exec(value)) || []
  const ms = text && dayExists(year, month, day) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(ms) || !hasYear(ms)) {
    // No GraphQLError: graphql-js gives this error the node of the literal, and so its argument.
    throw new TypeError('A DateTime is an RFC 3339 instant such as 2026-11-22T09:30:00.000Z.')
  }
  return new Date(ms).toISOString()
}

/** An instant as text: RFC 3339 in UTC with milliseconds, which sorts by time. */
export const dateTime = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  serialize: parseInstant,
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(node.kind === 'StringValue' ? node.value : undefined),
})
