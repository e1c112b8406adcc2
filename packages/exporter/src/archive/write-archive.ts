/** Makes the archive of stored parts: a ZIP file, of which memory holds one part at a time. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { Job } from '../jobs/job-store.ts'
import type { Absent, Entry } from '../notes/export-page.ts'
import type { ArchiveStore } from '../store/archive-store.ts'
import { distinct, readPart } from './stored-parts.ts'

/** A file, as the manifest lists it. */
interface ListedFile {
  readonly path: string
  readonly bytes: number
  /** In hexadecimal digits, as `sha256sum` prints it. */
  readonly sha256: string
}

/** The archive of an export. */
export interface ArchiveParts {
  readonly store: ArchiveStore
  readonly job: Job
  /** Keys of the parts, in their order. */
  readonly keys: readonly string[]
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Called before each part. What it throws ends the writing. */
  readonly renew: () => Promise<void>
}

/** Writes the archive to a new key. After a failure it can be repeated. @throws UNAVAILABLE */
export async function writeArchive(parts: ArchiveParts, key: string): Promise<void> {
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  try {
    await Promise.all([parts.store.upload(key, output), feed(zip, parts)])
  } finally {
    output.destroy()
  }
}

async function feed(zip: ZipFile, { store, job, keys, now, renew }: ArchiveParts): Promise<void> {
  const files: ListedFile[] = []
  const absent: Absent[] = []
  const mtime = new Date(job.startedAt * 1000)
  for (const key of keys) {
    await renew()
    const page = await readPart(store, key)
    absent.push(...page.absent)
    for (const entry of page.entries) files.push(await add(zip, entry, mtime))
  }
  await add(zip, { path: 'manifest.json', text: manifestOf({ job, now, files, absent }) }, mtime)
  zip.end()
}

/** Adds a file, and returns when it has been written: the stream that is read last holds the others back. */
async function add(zip: ZipFile, { path, text }: Pick<Entry, 'path' | 'text'>, mtime: Date): Promise<ListedFile> {
  const bytes = Buffer.from(text)
  const written = new Promise<void>((resolve, reject) => {
    zip.addReadStreamLazy(path, { mtime, mode: 0o100644 }, (pass) => {
      const content = Readable.from([bytes])
      once(content, 'end').then(() => resolve(), reject)
      pass(null, content)
    })
  })
  await written
  return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

interface ManifestParts {
  readonly job: Job
  readonly now: number
  readonly files: readonly ListedFile[]
  readonly absent: readonly Absent[]
}

/** The manifest: every other file with its checksum, and every field that the endpoint refused. */
function manifestOf({ job, now, files, absent }: ManifestParts): string {
  const manifest = {
    format: 'fieldnotes-export',
    version: 1,
    person: job.personId,
    startedAt: new Date(job.startedAt * 1000).toISOString(),
    finishedAt: new Date(now).toISOString(),
    absent: distinct(absent),
    files,
  }
  return `${JSON.stringify(manifest, null, 2)}\n`
}
