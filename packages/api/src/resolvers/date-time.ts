import { GraphQLError, GraphQLScalarType } from 'graphql'

const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/

/** `Date` turns 30 February into 2 March, which nobody meant. */
function dayExists(year: string, month: string, day: string): boolean {
  return Number(day) >= 1 && Number(day) <= new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()
}

/** `Date` writes years of other than four digits with a sign, in which they no longer sort by time. An offset can lead there. */
function hasYear(ms: number): boolean {
  return /^\d{4}-/.test(new Date(ms).toISOString())
}

/** RFC 3339 §5.6 in, milliseconds in UTC out, from year 0 to 9999. The refusal does not quote what was sent. */
function parseInstant(value: unknown): string {
  const [text, year = '', month = '', day = ''] = (typeof value === 'string' && rfc3339.exec(value)) || []
  const ms = text && dayExists(year, month, day) ? Date.parse(text) : Number.NaN
  if (Number.isNaN(ms) || !hasYear(ms)) {
    throw new GraphQLError('A DateTime is an RFC 3339 instant such as 2026-11-22T09:30:00.000Z.')
  }
  return new Date(ms).toISOString()
}

/** An instant, kept as text: RFC 3339, UTC, milliseconds. Such texts sort by time. */
export const dateTime = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  serialize: parseInstant,
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(node.kind === 'StringValue' ? node.value : undefined),
})
