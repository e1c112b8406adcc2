/** `npm run prove -- --against REF`: what the rules of the working tree open and close since a commit. */
import { classify } from '@fieldnotes/policy/classify'
import { formatClassification } from '@fieldnotes/policy/classify-text'
import { modelAt, modelHere } from './models.ts'
import { commitAt, git, repository } from './rules-at.ts'
import { fieldsIn, unannounced } from './widens.ts'

/** The `Widens:` lines of all commits since `commit`. */
function announcedSince(root: string, commit: string): readonly string[] {
  return fieldsIn(git(root, 'log', `${commit}..HEAD`, '--format=%(trailers:key=Widens,valueonly,separator=%x2C)'))
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
  /** Whether each field that is wider, or may be, is named by a `Widens:` line, and all rules could be compared. */
  readonly announced: boolean
}

/** @throws UnreadableRules when the reference names no commit, or its rules can not be loaded */
export async function compareWith(reference: string, root = repository): Promise<Comparison> {
  const commit = commitAt(root, reference)
  const classification = classify(await modelAt(root, commit), modelHere())
  const missing = unannounced(classification, announcedSince(root, commit))
  const certain = new Set(classification.changes.map(({ coordinate }) => coordinate))
  const lines = missing.map((coordinate) => {
    const verb = certain.has(coordinate) ? 'is' : 'may be'
    return `- \`${coordinate}\` ${verb} wider: say \`Widens: ${coordinate}\` in the commit.\n`
  })
  const judged = changedJudges(root, commit)
  return {
    text: [
      formatClassification(classification),
      ...section('Not announced', lines),
      ...section(
        'Not compared: files that decide on both sides',
        judged.map((file) => `- ${file}\n`),
      ),
    ].join('\n'),
    announced: missing.length + judged.length === 0,
  }
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [`## ${title}\n\n${lines.join('')}`] : []
}
