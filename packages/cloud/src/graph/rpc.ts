import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { BuildRequest } from '../bundle.ts'
import { builtOnce } from './build-once.ts'
import type { Build } from './graph.ts'

/** A running server. */
export interface Rpc {
  readonly url: string
  readonly builds: Readonly<Record<string, Build>>
  close(): void
}

/** Replaces the server inside SST's command line that components call during an evaluation. */
export async function serveRpc(root: string, work: string): Promise<Rpc> {
  const builds: Record<string, Build> = {}
  const methods: Readonly<Record<string, (request: BuildRequest) => unknown>> = {
    'Provider.Aws.Bootstrap': () => bootstrap,
    'Provider.Aws.Appsync': () => appsync,
    'Runtime.AddTarget': () => true,
    'Runtime.Build': async (request) => {
      const built = await builtOnce(root, join(work, 'artifacts', `${request.functionID}-src`), request)
      const output = Object.entries(built.metafile.outputs).find(([path]) => path.endsWith('bundle.mjs'))?.[1]
      builds[request.functionID] = buildOf(request, built.folder, output)
      const sourcemaps = built.sourceMaps.map((file) => join(built.folder, file))
      return { out: built.folder, handler: built.handler, errors: [], sourcemaps }
    },
  }
  const server = createServer(async (request, response) => {
    const { method, params } = JSON.parse(await textOf(request))
    const reply = (result: unknown, error: string | null = null) =>
      response.end(JSON.stringify({ result, error, id: null }))
    const act = methods[method]
    if (!act) return reply(null, `rpc: can't find method ${method}`)
    try {
      return reply(await act(params[0]))
    } catch (error) {
      return reply(null, String(error))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    builds,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Result of the bootstrap lookup in an account in which SST has been used. */
const bootstrap = { version: 7, asset: 'sst-asset', state: 'sst-state', assetEcrRegistryId: '', assetEcrUrl: '' }

/** Addresses through which stubs reach the developer's machine. */
const appsync = { http: 'http.appsync.invalid', realtime: 'realtime.appsync.invalid' }

interface Output {
  readonly bytes: number
  readonly inputs: Build['inputs']
}

function buildOf({ links, handler, properties }: BuildRequest, folder: string, output: Output | undefined): Build {
  return {
    links: links ?? {},
    handler,
    properties: { ...properties },
    folder,
    inputs: output?.inputs ?? {},
    bytes: output?.bytes ?? 0,
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
