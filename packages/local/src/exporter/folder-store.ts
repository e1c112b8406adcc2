/** The laptop's bucket of archives: a folder, with the downloads by signed URL that S3 has. */
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError } from '@fieldnotes/core/error'
import type { ArchiveStore } from '@fieldnotes/exporter/archive-store'
import type { SignLink } from './download-links.ts'

/** Milliseconds for which objects are kept, as by the rule of a stage's bucket: two days. */
const keptMs = 2 * 24 * 3600 * 1000

/** A store with the reading side of its downloads. */
export interface FolderStore extends ArchiveStore {
  /** The bytes of an object; undefined for a key that has none. */
  readonly read: (key: string) => Promise<{ readonly bytes: number; readonly stream: Readable } | undefined>
}

/** Whether a key is made of three base64url names below `exports/`: none has a dot, so that none is `..`. */
export function isKey(key: string): boolean {
  return /^exports(\/[\w-]+){3}$/.test(key)
}

/** Opens the folder, which is created with the first object. What is older than two days is removed. */
export function createFolderStore(folder: string, sign: SignLink): FolderStore {
  const fileOf = (key: string) => {
    if (isKey(key)) return join(folder, key)
    throw new AppError('UNAVAILABLE', 'not a key of the store')
  }
  /** A draft becomes the object when all of it is written: a killed process leaves none that is incomplete. */
  const writing = async (key: string, write: (draft: string) => Promise<unknown>) => {
    const file = fileOf(key)
    const draft = `${file}.draft`
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    try {
      await write(draft)
      await rename(draft, file)
    } catch (error) {
      await rm(draft, { force: true })
      throw error
    }
  }
  return {
    put: (key, body) => reaching(() => writing(key, (draft) => writeFile(draft, body, { mode: 0o600, flush: true }))),
    get: (key) => reaching(() => readFile(fileOf(key))),
    upload: (key, body) =>
      reaching(() => writing(key, (draft) => pipeline(body, createWriteStream(draft, { mode: 0o600, flush: true })))),
    remove: (keys) =>
      reaching(async () => {
        for (const key of keys) await rm(fileOf(key), { force: true })
        await removeOld(folder)
      }),
    link: async (key, options) => sign(key, options),
    read: async (key) => {
      if (!isKey(key)) return undefined
      const found = await stat(fileOf(key)).catch(() => undefined)
      return found && { bytes: found.size, stream: createReadStream(fileOf(key)) }
    },
  }
}

async function removeOld(folder: string): Promise<void> {
  const before = Date.now() - keptMs
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name)
    if (entry.isFile() && (await writtenAt(file)) < before) await rm(file, { force: true })
  }
}

/** Milliseconds since the epoch; infinite for a file that another export has removed or renamed meanwhile. */
async function writtenAt(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined)
  return found?.mtimeMs ?? Number.POSITIVE_INFINITY
}

async function reaching<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act()
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('UNAVAILABLE', 'the folder of archives', { cause })
  }
}
