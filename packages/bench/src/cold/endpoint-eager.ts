/**
 * The deployed endpoint, but with the libraries of its first table request (`packages/table/src/connection.ts`)
 * loaded at its start.
 */
import * as client from '@aws-sdk/client-dynamodb'
import * as documents from '@aws-sdk/lib-dynamodb'
import * as values from '@aws-sdk/util-dynamodb'
import { handler as deployed } from './endpoint.ts'

export const handler = deployed

/** Exported to keep the imports: a bundler drops packages without side effects when they are unused. */
export const libraries = [client, documents, values]
