/** The sessions of a person, which the endpoint lists and ends too: their code is in the package that both have. */
// biome-ignore lint/performance/noBarrelFile: one module, which has moved
export { createSessionStore, type SessionStore, type SessionTable } from '@fieldnotes/table/session-store'
