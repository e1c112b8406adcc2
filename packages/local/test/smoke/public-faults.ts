/** Faults of what an anonymous caller sees. */
import { executes, type Fault, in401, inPreflight, withHeader, without, withStatus } from './changes.ts'

/** Each must be found by the check that it names. */
export const publicFaults: readonly Fault[] = [
  ['an unhealthy API', 'health', (answer, { path }) => (path === '/health' ? { ...answer, status: 503 } : answer)],
  [
    'a health page of another program',
    'health',
    (answer, { path }) => (path === '/health' ? { ...answer, body: {} } : answer),
  ],
  [
    'metadata that can not be read',
    'metadata',
    (answer) => (answer.body?.resource ? { ...answer, status: 403 } : answer),
  ],
  [
    'metadata of another resource',
    'metadata',
    (answer) =>
      answer.body?.resource ? { ...answer, body: { ...answer.body, resource: 'https://other.example' } } : answer,
  ],
  [
    'metadata without an issuer',
    'metadata',
    (answer) => (answer.body?.resource ? { ...answer, body: { ...answer.body, authorization_servers: [] } } : answer),
  ],
  [
    'a 401 without a challenge',
    'challenge',
    (answer) => ({ ...answer, headers: without(answer.headers, 'www-authenticate') }),
  ],
  [
    'a 401 without a pointer',
    'challenge',
    (answer) => (answer.status === 401 ? { ...answer, body: { errors: [{}] } } : answer),
  ],
  ['a bad token that is accepted', 'challenge', withStatus(401, 200)],
  ['a bad token that the gateway refuses at a stage whose API does', 'challenge', withStatus(401, 403)],
  ['a challenge that points elsewhere', 'challenge', in401('www-authenticate', 'Bearer error="invalid_token"')],
  ['a 401 that no page may read', 'challenge', in401('access-control-allow-origin')],
  ['a challenge that no page may read', 'challenge', in401('access-control-expose-headers', 'x-other')],
  ['a preflight that is refused', 'preflight', withStatus(204, 403)],
  ['a preflight that is not granted', 'preflight', inPreflight('access-control-allow-origin')],
  ['a preflight that grants no header', 'preflight', inPreflight('access-control-allow-headers')],
  ['a preflight for requests without JSON', 'preflight', inPreflight('access-control-allow-headers', 'Authorization')],
  [
    'a preflight for requests without token',
    'preflight',
    inPreflight('access-control-allow-headers', '*,content-type'),
  ],
  ['a preflight that grants no method', 'preflight', inPreflight('access-control-allow-methods')],
  ['a preflight for reading alone', 'preflight', inPreflight('access-control-allow-methods', 'GET, OPTIONS')],
  [
    'a preflight that is granted to every origin',
    'preflight',
    (answer, { method, headers = {} }) =>
      method === 'OPTIONS' ? withHeader(answer, 'access-control-allow-origin', headers.origin) : answer,
  ],
  [
    'a mutation by GET that is executed',
    'refusals',
    (answer, { path }) => (path.includes('mutation') ? { ...answer, status: 200 } : answer),
  ],
  [
    'a method that is executed',
    'refusals',
    (answer, { method }) => (method === 'DELETE' ? { ...answer, status: 200 } : answer),
  ],
  ['a path that exists for no reason', 'refusals', withStatus(404, 200)],
  [
    'an anonymous caller who is a person',
    'refusals',
    (answer, request) => (executes(request, 'me', answer) ? { ...answer, body: { data: { me: {} } } } : answer),
  ],
  [
    'an anonymous caller who gets data beside the refusal',
    'refusals',
    (answer, request) =>
      executes(request, 'me', answer) ? { ...answer, body: { ...answer.body, data: { me: {} } } } : answer,
  ],
]
