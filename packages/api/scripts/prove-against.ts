/** `npm run prove -- --against REF`: what the rules of the working tree open and close since a commit. */
import { classify } from '@fieldnotes/policy/classify'
import { formatClassification } from '@fieldnotes/policy/classify-text'
import { createModel } from '@fieldnotes/policy/prove'
import { unguardedSchema } from '../src/graphql/schema.ts'
import { knowledge } from '../src/knowledge.ts'
import { rules } from '../src/rules.ts'
import { commitAt, git, repository, rulesAt } from './rules-at.ts'
import { fieldsIn, unannounced } from './widens.ts'

/** The `Widens:` lines of all commits since `commit`. */
function announcedSince(root: string, commit: string): readonly string[] {
  return fieldsIn(git(root, 'log', `${commit}..HEAD`, '--format=%(trailers:key=Widens,valueonly,separator=%x2C)'))
}

export interface Comparison {
  readonly text: string
  /** Whether each wider field is named by a `Widens:` line. */
  readonly announced: boolean
}

/** @throws UnreadableRules when the reference names no commit, or its rules can not be loaded */
export async function compareWith(reference: string, root = repository): Promise<Comparison> {
  const commit = commitAt(root, reference)
  const old = await rulesAt(root, commit)
  const before = createModel(old.schema, old.rules as never, knowledge)
  const classification = classify(before, createModel(unguardedSchema(), rules, knowledge))
  const missing = unannounced(classification, announcedSince(root, commit))
  const lines = missing.map(
    (coordinate) => `- \`${coordinate}\` is wider: say \`Widens: ${coordinate}\` in the commit.\n`,
  )
  const text = formatClassification(classification)
  return {
    text: missing.length > 0 ? `${text}\n## Not announced\n\n${lines.join('')}` : text,
    announced: missing.length === 0,
  }
}
