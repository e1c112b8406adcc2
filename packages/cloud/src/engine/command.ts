import { resolve } from 'node:path'

/** The engine's command line as SST calls it: `preview`, `up`, `stack init`, `version`. */
export interface Command {
  readonly verb: string
  /** `organization/<app>/<stage>`. */
  readonly stack: string
  readonly app: string
  readonly stage: string
  /** File for the events, one JSON object per line. */
  readonly eventLog: string
  /** File with the resources of the stage. */
  readonly checkpoint: string
  readonly region: string
}

/**
 * Parses the arguments that SST 4.17 passes. Paths become absolute, because the program changes the working directory.
 */
export function commandOf(argv: readonly string[]): Command {
  const init = argv[0] === 'stack' && argv[1] === 'init'
  const stack = (init ? argv[2] : after(argv, '--stack')) ?? ''
  const [, app = '', stage = ''] = stack.split('/')
  const region = argv.find((word) => word.startsWith('aws:region='))?.slice('aws:region='.length)
  return {
    verb: init ? 'init' : (argv[0] ?? ''),
    stack,
    app,
    stage,
    eventLog: resolve(after(argv, '--event-log') ?? ''),
    checkpoint: resolve('.pulumi', 'stacks', app, `${stage}.json`),
    region: region ?? 'us-east-1',
  }
}

function after(argv: readonly string[], flag: string): string | undefined {
  const index = argv.indexOf(flag)
  return index < 0 ? undefined : argv[index + 1]
}
