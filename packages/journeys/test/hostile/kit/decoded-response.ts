/** Reads answers of the endpoint, compressed ones too. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import type { Result } from '@fieldnotes/api/route'
import type { HostileRequest, MeasuredEndpoint } from './measured-endpoint.ts'

interface ReturnedError {
  readonly message: string
  // biome-ignore lint/suspicious/noExplicitAny: each code has extensions of its own
  readonly extensions: Readonly<Record<string, any>>
}

/** An answer as the client reads it. */
export interface DecodedResponse {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: data has the shape of its query, which TypeScript can't know
  readonly data: any
  readonly errors: readonly ReturnedError[]
}

const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  br: (bytes) => brotliDecompressSync(bytes),
  gzip: (bytes) => gunzipSync(bytes),
}

/** The text of a body, whatever its content coding. */
export function textOf({ headers = {}, body = '', isBase64Encoded }: Result): string {
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
  const decode = decoders[String(headers['content-encoding'])]
  return (decode ? decode(bytes) : bytes).toString()
}

/** Sends a request and reads its answer. */
export async function responseTo(endpoint: MeasuredEndpoint, sent: HostileRequest): Promise<DecodedResponse> {
  const result = await endpoint.send(sent)
  const { data, errors = [] } = JSON.parse(textOf(result))
  return { status: result.statusCode ?? 0, data, errors }
}

/** Creates a note of alice; resolves to its id. */
export async function createdNote(endpoint: MeasuredEndpoint, content: string): Promise<string> {
  const query = 'mutation ($content: String!) { createNote(input: { title: "a", content: $content }) { note { id } } }'
  const body = JSON.stringify({ query, variables: { content } })
  const { data } = await responseTo(endpoint, { caller: 'alice', body })
  return data.createNote.note.id
}
