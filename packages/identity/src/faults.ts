/** Faults of settings, as sentences for whoever starts the process. */
export type Faults = readonly string[]

/** The sentences whose condition holds. */
export const when = (...table: readonly (readonly [wrong: boolean, sentence: string])[]): Faults =>
  table.flatMap(([wrong, sentence]) => (wrong ? [sentence] : []))

export const isUrl = (value: unknown): value is string => typeof value === 'string' && URL.canParse(value)

export const isWord = (value: unknown): value is string => typeof value === 'string' && value !== ''

export const isListOfWords = (list: unknown): list is readonly string[] => Array.isArray(list) && list.every(isWord)

export const isFullList = (list: unknown): boolean => isListOfWords(list) && list.length > 0
