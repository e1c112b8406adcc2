/** Words that a newcomer has to learn where the field has a word of its own, with what to say instead. */
export interface HouseWord {
  /** Every form of the word, in lower case. */
  readonly forms: readonly string[]
  readonly say: string
  /** In prose (comments, documents), in names of the code, or in both. */
  readonly in: 'prose' | 'names' | 'both'
}

export const houseWords: readonly HouseWord[] = [
  { forms: ['tell', 'tells', 'telling', 'told'], say: 'return, report, deliver, log, configure, say', in: 'both' },
  { forms: ['stand', 'stands', 'standing', 'stood'], say: 'is stored, is listed, is, means', in: 'both' },
  {
    forms: ['nobody', 'somebody', 'anybody', 'everybody', 'whoever'],
    say: 'no caller, another person, every caller',
    in: 'both',
  },
  { forms: ['ask', 'asks', 'asked', 'asking'], say: 'request, call, query, evaluate, select, need', in: 'both' },
  { forms: ['birth', 'births', 'bear', 'bears', 'born'], say: 'create, new, creation', in: 'both' },
  { forms: ['hearer', 'hearers'], say: 'callbacks', in: 'both' },
  { forms: ['lead', 'leads', 'leading'], say: 'the target of a pointer, read the target', in: 'names' },
  { forms: ['stretch', 'stretches'], say: 'index range', in: 'both' },
  { forms: ['ripe', 'fitting'], say: 'readable, that fits', in: 'both' },
  { forms: ['turn', 'turns'], say: 'page, round, select a page', in: 'names' },
  { forms: ['desk', 'desks', 'surroundings'], say: 'scope, context, options', in: 'both' },
]

/** Phrases of several words, in prose. */
export const housePhrases: readonly (readonly [phrase: RegExp, say: string])[] = [
  [/\bof another make\b/gi, 'foreign'],
  [/\bof (one's|ones) own\b/gi, 'custom'],
  [/\bcomes? by\b/gi, 'arrives'],
  [/\bhas no spelling\b/gi, 'can not be expressed'],
]
