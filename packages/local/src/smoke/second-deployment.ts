/** Whether a second deployment of a stage would change anything, by `sst diff`. */
import { execFile } from 'node:child_process'
import { sst } from '../stage/run-in-shell.ts'
import { CheckFailed } from './smoke-world.ts'

/** Bytes of output that are read. */
const outputBytesMax = 10 * 1024 * 1024

/** Returns what was seen. `program` is SST. @throws CheckFailed when something would change, or `sst diff` fails */
export async function secondDeployment(stage: string, program = sst): Promise<string> {
  const { failed, output } = await diff(program, stage)
  if (failed) throw new CheckFailed(`sst diff failed: ${reasonIn(output)}`)
  if (!/no changes/i.test(output)) throw new CheckFailed(`sst diff --stage ${stage} lists changes`)
  return 'a second one would change nothing (sst diff)'
}

function diff(program: string, stage: string): Promise<{ readonly failed: boolean; readonly output: string }> {
  return new Promise((resolve) => {
    execFile(program, ['diff', '--stage', stage], { maxBuffer: outputBytesMax }, (error, stdout, stderr) => {
      resolve({ failed: error !== null, output: stdout + stderr })
    })
  })
}

/** SST marks the reason; lines of its telemetry may follow. */
function reasonIn(output: string): string {
  const lines = output.split('\n').map((line) => line.trim())
  const reason = lines.find((line) => line.startsWith('✕')) ?? lines.filter((line) => line !== '').at(-1) ?? ''
  return reason.replace(/^✕\s*/, '')
}
