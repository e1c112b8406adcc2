/** Faults of settings, as sentences for whoever starts the process. */
export type Faults = readonly string[]

/** The sentences whose condition holds. */
export function when(...table: readonly (readonly [wrong: boolean, sentence: string])[]): Faults {
  return table.flatMap(([wrong, sentence]) => (wrong ? [sentence] : []))
}

export function isUrl(value: unknown): value is string {
  return typeof value === 'string' && URL.canParse(value)
}

export function isWord(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

export function isListOfWords(list: unknown): list is readonly string[] {
  return Array.isArray(list) && list.every(isWord)
}

export function isFullList(list: unknown): boolean {
  return isListOfWords(list) && list.length > 0
}
