/** Documents that are too large, and the refusals of them. */
import { AppError } from '@fieldnotes/core/error'
import { thrownBy } from '../thrown.ts'

/** `count` texts, separated by spaces. */
export function many(count: number, one: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => one(index)).join(' ')
}

/** A field that is nested `depth` times. */
export function nested(depth: number, name: string): string {
  return `${`${name} {`.repeat(depth - 1)} ${name} ${'}'.repeat(depth - 1)}`
}

/** A tower of fragments, each spreading the next twice: 2^height times the selection of the last. */
export function tower(height: number, foot: string): string {
  const floors = many(height, (index) => `fragment f${index} on Query { ...f${index + 1} ...f${index + 1} }`)
  return `{ ...f0 } ${floors} fragment f${height} on Query { ${foot} }`
}

/** The refusal that `act` throws, as plain data; `accepted` when it throws nothing. */
export function refusal(act: () => unknown): unknown {
  const error = thrownBy(act)
  if (!(error instanceof AppError)) return error === 'nothing' ? 'accepted' : error
  return { code: error.code, message: error.message, reason: error.reason, ...error.extensions }
}
