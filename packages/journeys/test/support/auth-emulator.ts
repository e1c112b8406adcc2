/** Google's own Firebase Auth emulator, as firebase-tools ships it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '@fieldnotes/local/free-port'
import { type Emulator, startEmulator } from './emulator.ts'

/** Starts the emulator for a project, on a free port. */
export async function startAuthEmulator(projectId: string): Promise<Emulator> {
  const [port, hub, logging] = await Promise.all([freePort(), freePort(), freePort()])
  const at = (number: number) => ({ host: '127.0.0.1', port: number })
  const emulators = { auth: at(port), hub: at(hub), logging: at(logging), ui: { enabled: false } }
  return startEmulator(port, {
    package: 'firebase-tools',
    words: ['emulators:start', '--only', 'auth', '--project', projectId],
    prepare: (cwd) => writeFileSync(join(cwd, 'firebase.json'), JSON.stringify({ emulators })),
  })
}
