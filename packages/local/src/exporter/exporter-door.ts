/** The exporter on the laptop: the deployed code, with a folder in the place of S3. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { loadOnce } from '@fieldnotes/core/load-once'
import type { Log } from '@fieldnotes/core/log'
import type { FieldnotesIssuer, Issuer } from '@fieldnotes/identity/issuer'
import type { TableConfig } from '@fieldnotes/table/table-config'
import type { Handler } from '../gateway/gateway.ts'
import { ownClientSecret } from '../issuers/own-issuer.ts'
import type { Site } from '../site.ts'
import { bucketPath, createDownloadLinks } from './download-links.ts'
import { createFolderStore } from './folder-store.ts'

/** What the exporter of a cloud is created from. */
export interface ExporterDoorOptions {
  /** Base URL of the cloud. */
  readonly url: string
  readonly config: { readonly issuers: readonly Issuer[]; readonly access: TableConfig }
  /** The data folder; undefined for a cloud that keeps nothing, whose archives are in a temporary folder. */
  readonly folder: string | undefined
  readonly folderSecret: string
  readonly log: Log
}

/** The exporter, its bucket, and what removes a temporary folder. */
export interface ExporterDoor {
  readonly load: () => Promise<Handler>
  readonly bucket: Site
  readonly stop: () => void
}

/** The exporter is loaded at its first request. */
export function exporterDoor({ url, config, folder, folderSecret, log }: ExporterDoorOptions): ExporterDoor {
  const temporary = folder === undefined ? mkdtempSync(join(tmpdir(), 'fieldnotes-archives-')) : undefined
  const links = createDownloadLinks(url, folderSecret, Date.now)
  const store = createFolderStore(temporary ?? join(folder ?? '', 'archives'), links.sign)
  const load = loadOnce(async (): Promise<Handler> => {
    const { createExporter } = await import('@fieldnotes/exporter/create-exporter')
    const { access, issuers } = config
    const clientSecret = ownClientSecret('exporter', folderSecret)
    const settings = { origin: url, issuer: ownRow(issuers), access, clientSecret, loopbackIssuers: 'trust' } as const
    return createExporter(settings, { environment: {}, log, store, work: 'after' })
  })
  const bucket: Site = async ({ method, url: target = '' }, response) => {
    if (method !== 'GET' || !target.startsWith(bucketPath)) return false
    const download = links.open(new URL(target, url))
    const found = download && (await store.read(download.key))
    if (!found) {
      response.writeHead(403, { 'cache-control': 'no-store' }).end()
      return true
    }
    response.writeHead(200, {
      'content-type': 'application/zip',
      'content-length': found.bytes,
      'content-disposition': `attachment; filename="${download.fileName}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    // A client that ends the download early is no failure.
    await pipeline(found.stream, response).catch(() => undefined)
    return true
  }
  return { load, bucket, stop: () => temporary && rmSync(temporary, { recursive: true, force: true }) }
}

function ownRow(issuers: readonly Issuer[]): FieldnotesIssuer {
  const row = issuers.find((each) => each.kind === 'fieldnotes')
  if (row?.kind === 'fieldnotes') return row
  throw new Error('no issuer of our own')
}
