/** Prose and names of JSON that people write: `package.json` and `renovate.json`. */
import type { Piece } from './pieces.ts'

/** Members that are sentences, at any depth. */
const sentences = new Set(['description', 'prBodyNotes'])

/** The names of a package's exports and scripts, its keywords, and all sentences. */
export function manifest(text: string): readonly Piece[] {
  const whole: unknown = JSON.parse(text)
  const { exports = {}, scripts = {}, keywords = [] } = whole as Record<string, object | undefined>
  const given = [...Object.keys(exports), ...Object.keys(scripts), ...Object.values(keywords)]
  return [
    ...given.map((name): Piece => ({ kind: 'names', line: lineOf(text, name), text: name })),
    ...sentencesIn(whole).map((sentence): Piece => ({ kind: 'prose', line: lineOf(text, sentence), text: sentence })),
  ]
}

function sentencesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, member]) => [
    ...(sentences.has(name) ? [member].flat().filter((each) => typeof each === 'string') : []),
    ...sentencesIn(member),
  ])
}

function lineOf(text: string, value: string): number {
  return text.slice(0, text.indexOf(JSON.stringify(value))).split('\n').length
}
