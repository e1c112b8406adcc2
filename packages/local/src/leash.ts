/** Ends a program for certain when this process ends, even by SIGKILL. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'

/** setpriv(1) of util-linux. The kernel then sends the signal (prctl(2), PR_SET_PDEATHSIG). */
const setpriv = '/usr/bin/setpriv'

/**
 * A shell that runs its arguments as a program. It ends the program by SIGKILL at the end of standard input, which the
 * kernel closes when the owner of the other end is gone, and passes SIGTERM on.
 */
export const shellLeash = `
exec 3<&0
"$@" 3<&- </dev/null &
program=$!
trap 'kill -TERM $program' TERM
(read -r _ <&3; kill -KILL $program) 2>/dev/null &
watch=$!
exec 3<&-
while kill -0 $program 2>/dev/null; do wait $program; status=$?; done
kill -KILL $watch 2>/dev/null
exit $status`

/**
 * Starts a program, by its path and arguments, in its own process group: Ctrl-C signals only this process, which stops
 * the program after the last request. This process holds the program's standard input, and reads its standard error.
 */
export function spawnHeld(line: readonly string[]): ChildProcess {
  const [command = '', ...args] = line
  const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'pipe'], detached: true })
  child.stdin?.on('error', () => {})
  child.stderr?.resume()
  return child
}

/**
 * Starts a program that ends with this process, by SIGKILL, because that ends a suspended program too.
 * @param leash path of setpriv; where it is missing, a shell does the same
 */
export function spawnLeashed(line: readonly string[], leash = setpriv): ChildProcess {
  const held = existsSync(leash)
    ? [leash, '--pdeathsig', 'KILL', ...line]
    : ['/bin/sh', '-c', shellLeash, 'sh', ...line]
  return spawnHeld(held)
}
