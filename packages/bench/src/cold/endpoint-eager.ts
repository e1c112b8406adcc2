/** The deployed endpoint, with what it loads for its first request to the table (`packages/api/src/store/connection.ts`) loaded at its start. */
import * as client from '@aws-sdk/client-dynamodb'
import * as documents from '@aws-sdk/lib-dynamodb'
import * as values from '@aws-sdk/util-dynamodb'
import { handler as deployed } from './endpoint.ts'

export const handler = deployed

/** Exported, so that the bundler keeps the imports: packages without side effects are dropped where nothing of them is used. */
export const libraries = [client, documents, values]
