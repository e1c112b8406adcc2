/** `npm run prove -- --against REF`: what the rules of the working tree open and close since a commit. */
import { type Classification, classify } from '@fieldnotes/policy/classify'
import { formatClassification } from '@fieldnotes/policy/classify-text'
import type { Model } from '@fieldnotes/policy/prove'
import { modelAt, modelHere } from './models.ts'
import { commitAt, git, repository, UnreadableRules } from './rules-at.ts'
import { announcementsIn, missingLines, type Opening, openingsIn, unannounced } from './widens.ts'

/** The `Widens:` lines of the commits of a range. */
function announcedIn(root: string, range: string) {
  return announcementsIn(git(root, 'log', range, '--format=%(trailers:key=Widens,valueonly,separator=%x2C)'))
}

/** The commits that changed the package since `commit`, oldest first. A merged branch is one of them. */
function stepsSince(root: string, commit: string): readonly string[] {
  const found = git(root, 'rev-list', '--reverse', '--first-parent', `${commit}..HEAD`, '--', 'packages/api/src')
  return found.split('\n').filter((line) => line !== '')
}

/** Undefined for a commit whose rules do not load: it is compared together with the next one. */
async function readableAt(root: string, commit: string): Promise<Model | undefined> {
  try {
    return await modelAt(root, commit)
  } catch (error) {
    if (error instanceof UnreadableRules) return undefined
    throw error
  }
}

interface State {
  readonly commit: string
  readonly model: Model
}

/**
 * What each commit since `from` opens and its own lines do not announce, and what the working tree opens since the last
 * one. Only what is still open counts.
 */
async function missingSince(root: string, from: State, open: readonly Opening[]): Promise<readonly Opening[]> {
  const coordinates = [...new Set(open.map(({ coordinate }) => coordinate))]
  const openedBy = (before: Model, after: Model) => openingsIn(classify(before, after, { coordinates }))
  const missing: Opening[] = []
  let known = from
  for (const commit of stepsSince(root, from.commit)) {
    const model = await readableAt(root, commit)
    if (!model) continue
    missing.push(...unannounced(openedBy(known.model, model), announcedIn(root, `${known.commit}..${commit}`)))
    known = { commit, model }
  }
  const uncommitted = openedBy(known.model, modelHere())
  const last = announcedIn(root, `${known.commit}..HEAD`)
  return [...missing, ...unannounced(uncommitted, last)].filter((opening) => isIn(open, opening))
}

function isIn(open: readonly Opening[], { coordinate, caller }: Opening): boolean {
  const ofField = open.filter((each) => each.coordinate === coordinate)
  return ofField.some((each) => caller === undefined || each.caller === undefined || each.caller === caller)
}

/** What decides besides the rules. It is that of the working tree on both sides. */
const judges = [
  ...['rules.ts', 'rule', 'decide'].map((path) => `packages/policy/src/${path}`),
  'packages/core/src/principal.ts',
]

/** Files of the judges that differ from a commit. Two tables that both use them are not compared in that. */
function changedJudges(root: string, commit: string): readonly string[] {
  return git(root, 'diff', '--name-only', commit, '--', ...judges)
    .split('\n')
    .filter((file) => file !== '')
}

export interface Comparison {
  readonly text: string
  /** Whether each opening is named by a `Widens:` line of its own commit, and all rules could be compared. */
  readonly announced: boolean
}

/** What is open without an announcement: by the lines of any commit, or by those of the commit that opened it. */
async function missingIn(root: string, from: State, classification: Classification): Promise<readonly Opening[]> {
  const open = openingsIn(classification)
  if (open.length === 0) return []
  return [...unannounced(open, announcedIn(root, `${from.commit}..HEAD`)), ...(await missingSince(root, from, open))]
}

/** @throws UnreadableRules when the reference names no commit, or its rules can not be loaded */
export async function compareWith(reference: string, root = repository): Promise<Comparison> {
  const commit = commitAt(root, reference)
  const from = { commit, model: await modelAt(root, commit) }
  const classification = classify(from.model, modelHere())
  const missing = missingLines(await missingIn(root, from, classification))
  const judged = changedJudges(root, commit).map((file) => `- ${file}\n`)
  return {
    text: [
      formatClassification(classification),
      ...section('Not announced', missing),
      ...section('Not compared: files that decide on both sides', judged),
    ].join('\n'),
    announced: missing.length + judged.length === 0,
  }
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [`## ${title}\n\n${lines.join('')}`] : []
}
