/** Which line of a log a metric counts. */
import { expect } from 'vitest'
import type { Resource } from '../src/graph/graph.ts'

/** A line of a log. */
export type Line = Readonly<Record<string, unknown>>

interface Transformation {
  readonly dimensions?: Readonly<Record<string, string>>
  readonly value: string
}

/** The lines of what a process wrote. */
export function linesOf(log: string): readonly Line[] {
  return log
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** One of the lines matches the pattern of the metric, and has the members that become its dimensions and its value. */
export function expectCounted({ inputs }: Resource, lines: readonly Line[]): void {
  const conditions = [...String(inputs.pattern).matchAll(/\(\$\.(\w+) = "([^"]+)"\)/g)]
  expect(conditions.length).toBeGreaterThan(0)
  const line = lines.find((members) => conditions.every(([, name, value]) => members[String(name)] === value))
  const { dimensions = {}, value } = inputs.metricTransformation as Transformation
  const members = [value, ...Object.values(dimensions)].filter((path) => path.startsWith('$.'))
  expect(Object.keys(line ?? {})).toEqual(expect.arrayContaining(members.map((path) => path.slice(2))))
  expect(line, String(inputs.pattern)).toBeDefined()
  if (value !== '1') expect(line?.[value.slice(2)]).toEqual(expect.any(Number))
}
