/**
 * graphql-shield as the registry serves it. Node 23 removed `util.isUndefined`, which graphql-shield 7.6.5 imports: its
 * modules do not load there, and in its CommonJS build `chain` and `race` throw. The build is loaded here with the
 * function added.
 */
import { createRequire } from 'node:module'
import util from 'node:util'

Object.assign(util, { isUndefined: (value: unknown) => value === undefined })

const require = createRequire(import.meta.url)
const shieldModule: typeof import('graphql-shield') = require('graphql-shield')
const middlewareModule: typeof import('graphql-middleware') = require('graphql-middleware')

export const { allow, and, chain, deny, not, or, race, rule, shield } = shieldModule

/** Of the copy of graphql-middleware that graphql-shield uses. */
export const { applyMiddleware } = middlewareModule
