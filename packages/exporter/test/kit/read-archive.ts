/** Reads an archive by a library of another author, which refuses unsafe names. */
import { createHash } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { fromBufferPromise } from 'yauzl'

/** A file of an archive. */
export interface ArchivedFile {
  readonly path: string
  readonly text: string
}

/** The manifest, as it is written. */
export interface Manifest {
  readonly person: string
  readonly absent: readonly { readonly path: string; readonly code: string }[]
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[]
}

/** The files in their order. @throws Error for a file name that leaves the folder */
export async function filesOf(archive: Uint8Array): Promise<readonly ArchivedFile[]> {
  const files: ArchivedFile[] = []
  const zip = await fromBufferPromise(Buffer.from(archive), { lazyEntries: true, strictFileNames: true })
  for await (const entry of zip.eachEntry())
    files.push({ path: entry.fileName, text: await text(await zip.openReadStreamPromise(entry)) })
  return files
}

/** The manifest of an archive. @throws Error unless it lists every other file once, with its size and its checksum */
export function manifestOf(files: readonly ArchivedFile[]): Manifest {
  const manifest: Manifest = JSON.parse(files.find(({ path }) => path === 'manifest.json')?.text ?? '{}')
  const others = files.filter(({ path }) => path !== 'manifest.json')
  const found = others.map(({ path, text }) => {
    const bytes = Buffer.byteLength(text)
    return { path, bytes, sha256: createHash('sha256').update(text).digest('hex') }
  })
  if (JSON.stringify(found) !== JSON.stringify(manifest.files)) throw new Error('the manifest is of other files')
  if (new Set(others.map(({ path }) => path.toLowerCase())).size !== others.length) throw new Error('a path twice')
  return manifest
}
