/** Says how long a command takes, and shows on a terminal how far it is. For commands of more than ten seconds. */
import { clearLine, cursorTo } from 'node:readline'

export interface ProgressOptions {
  /** The command as typed. */
  readonly command: string
  /** How many steps it has, and what a step is, in the plural. */
  readonly steps: number
  readonly noun: string
  /** Seconds of one step on a machine with two cores that does nothing else. */
  readonly secondsEach: number
}

/** Where the progress is written: standard error, so that the output of the command stays what it is. */
export interface Terminal {
  readonly isTTY?: boolean
  readonly write: (text: string) => unknown
}

export interface Progress {
  /** Begins the next step. Does nothing on what is no terminal. */
  readonly step: (name: string) => void
  /** Writes a line of output, above the line of the progress. */
  readonly print: (line: string) => void
  /** Removes the line of the progress. */
  readonly end: () => void
}

interface Streams {
  readonly terminal?: Terminal
  readonly output?: Pick<Terminal, 'write'>
  /** Milliseconds. */
  readonly clock?: () => number
}

/** A time in the words of a person: seconds up to a minute and a half, then minutes. */
export function durationWords(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`
  return `${Math.round(seconds / 60)} minutes`
}

/** Writes how long the command takes, on any stream, and returns its progress. */
export function startProgress(options: ProgressOptions, streams: Streams = {}): Progress {
  const { terminal = process.stderr, output = process.stdout, clock = Date.now } = streams
  const { command, steps, noun, secondsEach } = options
  const began = clock()
  let done = -1
  let line = ''

  const show = (next: string): void => {
    if (!terminal.isTTY) return
    if (line) wipe(terminal)
    line = next
    terminal.write(line)
  }
  /** The measured pace, once there are three steps to measure. */
  const secondsLeft = (): number => {
    const pace = done < 3 ? secondsEach : (clock() - began) / 1000 / done
    return pace * (steps - done)
  }

  terminal.write(`${command}: ${steps} ${noun}, about ${durationWords(steps * secondsEach)}.\n`)
  return {
    step: (name) => {
      done += 1
      show(`${done + 1} of ${steps}, about ${durationWords(secondsLeft())} left: ${name}`.slice(0, 100))
    },
    print: (text) => {
      const current = line
      show('')
      output.write(`${text}\n`)
      show(current)
    },
    end: () => show(''),
  }
}

function wipe(terminal: Terminal): void {
  clearLine(terminal as NodeJS.WritableStream, 0)
  cursorTo(terminal as NodeJS.WritableStream, 0)
}
