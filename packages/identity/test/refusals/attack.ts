/** The form of one row in the tables of attacks, and helpers that build tokens for it. */
import type { Refusal } from '../../src/refusals.ts'
import type { Headers } from '../../src/token/authorization.ts'
import { type KeyPair, keys } from '../kit/keys.ts'
import { type Members, mint, type Shape, seal, type shapes } from '../kit/mint.ts'

export type ShapeName = keyof typeof shapes

/** Reason by shape, where the shapes differ. The attack is not run on a shape that is not named. */
export type Expected = Refusal | Partial<Record<ShapeName, Refusal>>

/** What is tried, why it must be refused, and the headers that try it. */
export type Attack = readonly [what: string, expected: Expected, headers: (shape: Shape, name: ShapeName) => Headers]

type Spoil = (shape: Shape, name: ShapeName) => Headers

export function bearerOf(token: string): Headers {
  return { authorization: `Bearer ${token}` }
}

/** A valid token with changed claims; `undefined` removes one. */
export function claims(members: Members): Spoil {
  return (shape) => bearerOf(mint(shape, members))
}

/** A valid token with a changed header, signed again. */
export function header(members: Members): Spoil {
  return (shape) => bearerOf(mint(shape, {}, members))
}

/** The text of a valid token, rewritten after it was signed. */
export function text(rewrite: (token: string) => string): Spoil {
  return (shape) => bearerOf(rewrite(mint(shape)))
}

/** The JSON of valid claims, rewritten and then signed. */
export function claimsText(rewrite: (json: string) => string | Uint8Array): Spoil {
  return (shape) => bearerOf(seal(shape.key, { ...shape.header }, rewrite(JSON.stringify(shape.claims))))
}

/** The JSON of a valid header, rewritten and then signed. */
export function headerText(rewrite: (json: string) => string): Spoil {
  return (shape) => bearerOf(seal(shape.key, rewrite(JSON.stringify(shape.header)), { ...shape.claims }))
}

/** A key of the shape's own algorithm that is in no key set. */
export function foreign({ key }: Shape): KeyPair {
  return key.algorithm === 'ES256' ? keys.foreignEc : keys.foreignRsa
}
