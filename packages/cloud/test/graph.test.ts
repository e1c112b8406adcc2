import { describe, expect, inject, it } from 'vitest'
import type { Graph, Resource } from '../src/graph/graph.ts'

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** Parses policies, dashboards and log formats, which are JSON inside a string. */
function opened(value: unknown): unknown {
  return typeof value === 'string' && /^(\{|\[\{?)"/.test(value) ? JSON.parse(value) : value
}

/** One line for each setting. */
function lines(path: string, closed: unknown): readonly string[] {
  const value = opened(closed)
  if (!isObject(value) || Object.keys(value).length === 0) return [`${path} = ${JSON.stringify(value)}`]
  if (Array.isArray(value) && !value.some(isObject)) return [`${path} = ${value.join(', ')}`]
  return Object.entries(value).flatMap(([name, member]) => lines(`${path}.${name}`, member))
}

function ofResource({ type, name, inputs, ...options }: Resource): readonly string[] {
  const { retainOnDelete, protect, deleteBeforeReplace, ignoreChanges } = options
  return lines(`${type.split(':').pop()} ${name}`, {
    ...inputs,
    ...(retainOnDelete && { retainOnDelete }),
    ...(protect && { protect }),
    ...(deleteBeforeReplace && { deleteBeforeReplace }),
    ...(ignoreChanges && { ignoreChanges }),
  })
}

/** Replaces random names, hashes of code, and the stage's name. */
function settled(line: string, stage: string): string {
  return line
    .replace(/(?<=\.SST_KEY = ).*/, '"a key"')
    .replace(/(?<=-code-)[0-9a-f]{64}/, 'hash')
    .replace(/fieldnotes?-[\w-]+?-(\w+)-[a-z]{8}\b/g, '$1')
    .replace(new RegExp(`(?<=fieldnotes[-/])${stage}`), 'STAGE')
}

/** All settings of a stage. */
function written({ app, resources, builds, outputs }: Graph): readonly string[] {
  const built = Object.entries(builds).map(([name, { handler, properties, links }]) =>
    lines(`build ${name}`, { handler, properties, links }),
  )
  const registered = resources.filter(({ custom }) => custom).map(ofResource)
  const all = [lines('app', app), lines('outputs', outputs), ...built, ...registered].flat()
  // SST's code that looks up a zone is not a setting.
  return all
    .filter((line) => !line.includes('.__provider = '))
    .map((line) => settled(line, app.stage))
    .sort()
}

const production = written(inject('production'))

/** The resource that a line is about, as `Table AccessTable`. */
function subjectOf(line: string): string {
  return line.split('.', 1)[0] ?? line
}

/** Lines of another stage that differ from production. A resource that is missing there is one line. */
function otherwise(graph: Graph): readonly string[] {
  const there = written(graph)
  const subjects = new Set(there.map(subjectOf))
  const missing = production
    .filter((line) => !there.includes(line))
    .map((line) => (subjects.has(subjectOf(line)) ? line : subjectOf(line)))
  return [
    ...[...new Set(missing)].map((line) => `- ${line}`),
    ...there.filter((line) => !production.includes(line)).map((line) => `+ ${line}`),
  ]
}

describe('graph', () => {
  it('of production is the one that was looked at, setting by setting', async () => {
    await expect(`${production.join('\n')}\n`).toMatchFileSnapshot('graph-production.txt')
  })

  it.each(['preview', 'personal', 'everything'] as const)(
    'of %s differs from it in what was looked at',
    async (name) => {
      await expect(`${otherwise(inject(name)).join('\n')}\n`).toMatchFileSnapshot(`graph-${name}.txt`)
    },
  )
})
