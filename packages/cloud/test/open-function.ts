/** A deployed function in a Lambda instance: built, with its links sealed beside the code. */
import { randomBytes } from 'node:crypto'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { type BuildRequest, bundle, seal, sealedVariables } from '../src/bundle.ts'
import type { FarSide } from '../src/lambda/far-side.ts'
import { openSandbox, type Sandbox } from '../src/lambda/sandbox.ts'
import { root } from '../src/paths.ts'

/** What an instance is opened with. */
export interface Opening {
  /** A folder for its files. */
  readonly work: string
  readonly farSide: FarSide
  readonly links: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly timeoutSeconds: number
}

/** Builds the function and opens an instance of it. */
export async function openFunction(request: BuildRequest, opening: Opening): Promise<Sandbox> {
  const { work, farSide, links, timeoutSeconds } = opening
  const code = join(work, `${request.functionID}-code`)
  const folder = join(work, request.functionID)
  await bundle(root, code, request)
  cpSync(code, folder, { recursive: true })
  const key = randomBytes(32).toString('base64')
  seal(folder, { ...request, encryptionKey: key, links })
  const environment = { NODE_ENV: 'production', ...sealedVariables(key, folder) }
  return openSandbox({ folder, farSide, environment, timeoutSeconds })
}
