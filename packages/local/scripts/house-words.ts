/** Words and phrases to avoid, with the field's words to use instead. */

/** One house word. */
export interface HouseWord {
  /** Every form of the word, in lower case. */
  readonly forms: readonly string[]
  readonly say: string
  /** Where it counts: in prose (comments, documents), in names (identifiers, files, exports, scripts), or in both. */
  readonly in: 'prose' | 'names' | 'both'
}

/**
 * The house words. `lead`, `turn` and `place` are plain English in prose (leads to, in turn, in place of). There only
 * the phrases below are house words, in which they mean what a name would.
 */
export const houseWords: readonly HouseWord[] = [
  { forms: ['tell', 'tells', 'telling', 'told'], say: 'return, report, deliver, log, configure, say', in: 'both' },
  { forms: ['stand', 'stands', 'standing', 'stood'], say: 'is stored, is listed, is, means', in: 'both' },
  {
    forms: [
      ...['nobody', 'somebody', 'anybody', 'everybody', 'whoever'],
      // As parts of names: `nobodysNote`.
      ...['nobodys', 'somebodys', 'anybodys', 'everybodys'],
    ],
    say: 'no caller, another person, every caller',
    in: 'both',
  },
  { forms: ['ask', 'asks', 'asked', 'asking'], say: 'request, call, query, evaluate, select, need', in: 'both' },
  { forms: ['birth', 'births', 'bear', 'bears', 'born'], say: 'create, new, creation', in: 'both' },
  { forms: ['shall'], say: 'must, will', in: 'prose' },
  { forms: ['hearer', 'hearers'], say: 'callbacks', in: 'both' },
  { forms: ['lead', 'leads', 'leading'], say: 'the target of a pointer, read the target', in: 'names' },
  { forms: ['stretch', 'stretches'], say: 'index range', in: 'both' },
  { forms: ['ripe', 'fitting'], say: 'readable, that fits', in: 'both' },
  { forms: ['turn', 'turns'], say: 'page, round, select a page', in: 'names' },
  { forms: ['place', 'places'], say: 'path, position, location, index entry, environment', in: 'names' },
  { forms: ['complaint', 'complaints'], say: 'usage error', in: 'both' },
  { forms: ['desk', 'desks', 'surroundings'], say: 'scope, context, options', in: 'both' },
]

/** Phrases in prose, written with single spaces. They are found across line breaks too. */
export const housePhrases: readonly (readonly [phrase: string, say: string])[] = [
  ['of another make', 'foreign'],
  ['the lead', 'the target of the pointer'],
  ['a lead', 'the target of a pointer'],
  ['the leads', 'the targets of the pointers'],
  ['a turn', 'a page, a round'],
  ['the turn', 'the page, the round'],
  ['each turn', 'each page, each round'],
  ['the places of', 'the positions of, the index of'],
  ['the places where', 'the environments where'],
  ["of one's own", 'custom'],
  ['of ones own', 'custom'],
  ['come by', 'arrive'],
  ['comes by', 'arrives'],
  ['for ever', 'indefinitely'],
  ['hand out', 'return'],
  ['hands out', 'returns'],
  ['come upon', 'meet'],
  ['comes upon', 'meets'],
  ['of ours', 'own, of this product'],
  ['has no spelling', 'can not be expressed'],
]

/**
 * Compounds that contain a form of a house word but are the field's own words. In names: `standIn`, and `LeadingKeys`
 * of DynamoDB's policy conditions, and `ASK_OWNER`, the kind of a remedy in the contract.
 */
export const fieldCompounds: readonly string[] = [
  ...['stand-in', 'stand-ins', 'stand-alone', 'long-standing'],
  ...['leading-keys', 'ask_owner'],
]
