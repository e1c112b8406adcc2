/** Helpers that check settings. A fault is one sentence for the person who starts the service. */
export type Faults = readonly string[]

/** Returns the sentences whose condition is true. */
export function faultsWhen(...table: readonly (readonly [isWrong: boolean, sentence: string])[]): Faults {
  return table.flatMap(([isWrong, sentence]) => (isWrong ? [sentence] : []))
}

/** Whether a value is an absolute URL. */
export function isUrl(value: unknown): value is string {
  return typeof value === 'string' && URL.canParse(value)
}

/** Whether a value is a non-empty string. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}

/** Whether a value is a list of non-empty strings. The list may be empty. */
export function isTextList(list: unknown): list is readonly string[] {
  return Array.isArray(list) && list.every(isText)
}

/** Whether a value is a list of at least one non-empty string. */
export function isFilledTextList(list: unknown): boolean {
  return isTextList(list) && list.length > 0
}
