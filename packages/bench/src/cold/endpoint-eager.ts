/**
 * The deployed endpoint, but with the libraries of its first table request (`packages/table/src/connection.ts`)
 * loaded at its start.
 */
import { sdk } from '@fieldnotes/table/aws-sdk'
import { handler as deployed } from './endpoint.ts'

export const handler = deployed

/** Exported to keep the import: a bundler drops packages without side effects when they are unused. */
export const libraries = [sdk]
