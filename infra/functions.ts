import type { FunctionName } from '@fieldnotes/core/routes'
import { graphql } from './graphql'

/** The functions behind the routes. A function of the table of routes without a row here does not compile. */
export const functions = { graphql } satisfies Readonly<Record<FunctionName, sst.aws.Function>>
