import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { type BuildRequest, type Bundle, bundle, seal } from '../bundle.ts'
import { platform } from '../paths.ts'

const known = new Map<string, Promise<Bundle>>()

/** Bundles the code once per process, because stages have the same code; seals the links each time. */
export async function builtOnce(root: string, folder: string, request: BuildRequest): Promise<Bundle> {
  const code = JSON.stringify({ ...request, root, links: undefined, encryptionKey: undefined })
  const kept = join(platform, 'evaluations', `code-${createHash('sha256').update(code).digest('hex')}-${process.pid}`)
  const build = known.get(code) ?? make(root, kept, request)
  known.set(code, build)
  const built = await build
  cpSync(kept, folder, { recursive: true })
  seal(folder, request)
  return { ...built, folder }
}

function make(
  root: string,
  folder: string,
  { functionID, handler, runtime, properties }: BuildRequest,
): Promise<Bundle> {
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  if (process.env.FIELDNOTES_CODE === 'none') return nothing(folder, handler)
  return bundle(root, folder, { functionID, handler, runtime, ...(properties && { properties }) })
}

/** Builds no code: for commands that evaluate the graph many times. */
async function nothing(folder: string, handler: string): Promise<Bundle> {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'bundle.mjs'), '')
  return { folder, handler: `bundle${extname(handler)}`, sourceMaps: [], metafile: { inputs: {}, outputs: {} } }
}
