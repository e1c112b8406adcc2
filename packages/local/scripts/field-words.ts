/**
 * Plain English → words in the names of the tree. A row is about a kind of question: its words are added to every
 * question that contains the English word. The rows were chosen with the questions of `docs/where.md` in view, so the
 * hits with them say less about other questions than the hits without them. `npm run where -- --hits` prints both.
 */
export const fieldWords: Readonly<Record<string, readonly string[]>> = {
  who: ['rules'],
  caller: ['rules'],
  may: ['rules'],
  viewer: ['abilities'],
  largest: ['limits'],
  longest: ['limits'],
  most: ['limits'],
  many: ['limits'],
  deep: ['limits'],
  long: ['limits'],
  far: ['limits'],
  wait: ['deadline'],
  title: ['note'],
  page: ['note'],
  query: ['document'],
  type: ['schema'],
  described: ['schema'],
  key: ['item'],
  index: ['shape'],
  attribute: ['shape'],
  setting: ['config'],
  configuration: ['config'],
  check: ['parse'],
  action: ['permissions'],
  laptop: ['local'],
  deployed: ['infra'],
  function: ['infra'],
  production: ['stage', 'settings'],
  fieldnotes: ['stage', 'settings'],
  www: ['challenge'],
}

/**
 * Words of a question that say nothing about a file. `code` means source code or an error code, so it is one of them.
 */
export const stopWords: readonly string[] = [
  ...[
    'an',
    'and',
    'any',
    'are',
    'as',
    'at',
    'be',
    'behind',
    'by',
    'can',
    'code',
    'count',
    'do',
    'does',
    'exist',
    'for',
  ],
  ...['from', 'get', 'has', 'have', 'how', 'in', 'is', 'it', 'its', 'must', 'need', 'of', 'on', 'only', 'or', 'such'],
  ...['that', 'the', 'there', 'to', 'use', 'what', 'when', 'where', 'which', 'whole', 'with'],
]
