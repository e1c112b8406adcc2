import { GraphQLError, GraphQLScalarType } from 'graphql'

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/

/** RFC 3339 §5.6 in, milliseconds in UTC out. The refusal does not quote what was sent. */
const parseInstant = (value: unknown): string => {
  const instant = typeof value === 'string' && rfc3339.test(value) ? new Date(value) : undefined
  // `Date` turns 30 February into 2 March, which nobody meant.
  const day = typeof value === 'string' ? Number(value.slice(8, 10)) : 0
  const daysOfMonth =
    typeof value === 'string' ? new Date(Date.UTC(+value.slice(0, 4), +value.slice(5, 7), 0)) : undefined
  if (!instant || Number.isNaN(instant.getTime()) || day > (daysOfMonth?.getUTCDate() ?? 0)) {
    throw new GraphQLError('A DateTime is an RFC 3339 instant such as 2026-11-22T09:30:00.000Z.')
  }
  return instant.toISOString()
}

/** An instant, kept as text: RFC 3339, UTC, milliseconds. Such texts sort by time. */
export const dateTime = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  serialize: (value) => parseInstant(value),
  parseValue: parseInstant,
  parseLiteral: (node) => parseInstant(node.kind === 'StringValue' ? node.value : undefined),
})
