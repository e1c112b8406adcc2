/** Requests that are hostile in their headers, in the body as a whole, or in members beside the operation. */

import { getOf, searchOf } from './get-requests.ts'
import type { Pair } from './measure.ts'
import type { HostileRequest, Sender } from './measured-endpoint.ts'

/** Creates the pair for a size in bytes, sent by this caller. */
export type Attack = (bytes: number, caller: Sender) => Pair

const query = '{ me { id } }'
const body = JSON.stringify({ query })

function header(name: string, unit: string): Attack {
  return (bytes, caller) => {
    const value = unit.repeat(Math.max(1, Math.floor(bytes / unit.length)))
    let sent = 0
    return {
      // Unique each time, so that no cache answers it.
      hostile: () => ({ caller, body, headers: { [name]: `${value}${sent++}` } }),
      plain: [() => ({ caller, body, headers: { 'x-padding': 'a'.repeat(value.length) } })],
    }
  }
}

/** These sizes reach the endpoint on a laptop only: API Gateway accepts 10,240 bytes of headers in total. */
export const headers: Readonly<Record<string, Attack>> = {
  'authorization: one word': header('authorization', 'Bearer'),
  'authorization: a long token': header('authorization', 'Bearer a.'),
  'authorization: commas': header('authorization', 'Bearer a,'),
  'authorization: dots': header('authorization', '.'),
  'accept: types': header('accept', 'text/html;q=0.9,'),
  'accept: parameters': header('accept', 'application/json;a="b",'),
  'accept: quotes': header('accept', '"'),
  'accept: semicolons': header('accept', ';'),
  'accept: stars': header('accept', '*/*,'),
  'accept-encoding: names': header('accept-encoding', 'br;q=0.1,'),
  'accept-encoding: stars': header('accept-encoding', '*,'),
  'content-type: parameters': header('content-type', 'application/json;charset=utf-8;'),
  'content-type: blanks': header('content-type', ' '),
  'content-type: a charset': header('content-type', 'application/json; charset='),
  'content-encoding: names': header('content-encoding', 'gzip,'),
  'cookie: many': header('cookie', 'a=b;'),
  'origin: a long one': header('origin', 'https://a.'),
  'x-forwarded-for: many': header('x-forwarded-for', '1.1.1.1,'),
}

function raw(bodyOf: (bytes: number) => string, event: HostileRequest['event'] = {}): Attack {
  return (bytes, caller) => {
    const sent = bodyOf(bytes)
    const padding = 'a'.repeat(Math.max(0, sent.length - 60))
    const padded = `${query} #`.padEnd(Math.min(sent.length, 49_000), 'a')
    return {
      hostile: () => ({ caller, body: sent, event: { ...event, body: sent } }),
      plain: [{ query, extensions: { padding } }, { query: padded }].map((plain) => () => ({
        caller,
        body: JSON.stringify(plain),
      })),
    }
  }
}

const nodesOf = 'query($i:[ID!]!){nodes(ids:$i){id}}'

function search(searchOfBytes: (bytes: number) => string): Attack {
  return (bytes, caller) => {
    const sent = searchOfBytes(bytes)
    let made = 0
    const padded = () => searchOf({ query: `${query} #${made++}`.padEnd(Math.min(bytes, 9000), 'a') })
    const mistake = searchOf({ query: nodesOf, variables: '{"i":[[]]}' })
    return {
      hostile: () => getOf(caller, sent),
      plain: [() => searchOf({ query }), () => mistake, padded].map(
        (each) => () => getOf(caller, `${each()}&x=`.padEnd(sent.length, 'a')),
      ),
    }
  }
}

/** Attacks by GET. API Gateway accepts 10,240 bytes; more reaches the endpoint on a laptop only. */
export const searches: Readonly<Record<string, Attack>> = {
  'escapes in a query': search((bytes) => `query=${'%7B'.repeat(bytes / 3)}`),
  'escapes of bytes that are no text': search((bytes) => `query=${'%ff'.repeat(bytes / 3)}`),
  'line ends in a query': search((bytes) => `query=${'%0A'.repeat(bytes / 3)}{me{id}}`),
  'plus signs': search((bytes) => `query=${'+'.repeat(bytes)}`),
  'many parameters': search((bytes) => `${searchOf({ query })}${'&a=b'.repeat(bytes / 4)}`),
  'many ampersands': search((bytes) => `${searchOf({ query })}${'&'.repeat(bytes)}`),
  'one parameter many times': search((bytes) => 'query=a&'.repeat(bytes / 8)),
  'variables that nothing declares': search((bytes) =>
    searchOf({ query, variables: JSON.stringify({ x: 'a'.repeat(bytes) }) }),
  ),
  'nulls in variables': search((bytes) =>
    searchOf({ query: nodesOf, variables: `{"i":[${'null,'.repeat(bytes / 8)}1]}` }),
  ),
  'variables in brackets': search((bytes) => searchOf({ query, variables: '['.repeat(bytes / 3) })),
  'a long hash': search((bytes) =>
    searchOf({ extensions: `{"persistedQuery":{"version":1,"sha256Hash":"${'a'.repeat(bytes)}"}}` }),
  ),
}

/** Attacks on the body as a whole. */
export const bodies: Readonly<Record<string, Attack>> = {
  'no JSON': raw((bytes) => 'x'.repeat(bytes)),
  blanks: raw((bytes) => `${' '.repeat(bytes)}${body}`),
  'JSON that does not end': raw((bytes) => `{"query":"${'x'.repeat(bytes)}`),
  'brackets that nothing closes': raw((bytes) => '['.repeat(bytes)),
  'no base64': raw((bytes) => '!'.repeat(bytes), { isBase64Encoded: true }),
  'a form': raw((bytes) => 'a=b&'.repeat(bytes / 4), {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }),
  'a query of blanks': raw((bytes) => JSON.stringify({ query: ' '.repeat(bytes) })),
  'a query of brackets': raw((bytes) => JSON.stringify({ query: '{'.repeat(bytes) })),
  'a query of quotes': raw((bytes) => JSON.stringify({ query: '"""'.repeat(bytes / 9) })),
  'an operation name': raw((bytes) => JSON.stringify({ query, operationName: 'x'.repeat(bytes) })),
  'a hash': raw((bytes) =>
    JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(bytes) } } }),
  ),
  'a version of hashes': raw((bytes) =>
    JSON.stringify({ extensions: { persistedQuery: { version: 'a'.repeat(bytes) } } }),
  ),
}

const ids =
  'query ($ids: [ID!]!) { a: nodes(ids: $ids) { id } b: nodes(ids: $ids) { id } notes(first: 1) { nodes { id } } }'

/** Members of the body that accept a value of any shape: the text around the value. */
export const members: Readonly<Record<string, (value: string) => string>> = {
  query: (value) => `{"query":${value}}`,
  variables: (value) => `{"query":"${query}","variables":${value}}`,
  'a variable that nothing declares': (value) => `{"query":"${query}","variables":{"x":${value}}}`,
  'variables beside declared ones': (value) => `{"query":"${ids}","variables":{"ids":["a"],"x":${value}}}`,
  operationName: (value) => `{"query":"${query}","operationName":${value}}`,
  extensions: (value) => `{"query":"${query}","extensions":${value}}`,
  persistedQuery: (value) => `{"query":"${query}","extensions":{"persistedQuery":${value}}}`,
  sha256Hash: (value) => `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":${value}}}}`,
  'the body': (value) => value,
  'the body in a list': (value) => `[${value}]`,
}

/** The same JSON in a member that is read, and in one that is ignored. */
export function memberPair(name: string, value: string, caller: Sender): Pair {
  return {
    hostile: () => ({ caller, body: members[name]?.(value) ?? '' }),
    plain: [
      `{"query":"${query}","extensions":{"plain":${value}}}`,
      `{"query":"{ nope }","extensions":{"plain":${value}}}`,
      JSON.stringify({ query: `${query} #`.padEnd(Math.min(value.length, 49_000), 'a') }),
    ].map((plain) => () => ({ caller, body: plain })),
  }
}
