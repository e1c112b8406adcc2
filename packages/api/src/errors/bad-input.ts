/** The refusal of arguments, each named by its path such as `input.title`. Values are never quoted. */
import { AppError } from '@fieldnotes/core/error'

export interface Problem {
  /** The path of the argument: names and indexes joined by dots. */
  readonly argument: string
  readonly reason: string
}

/** How many problems one error names; a client repairs them in turns. */
const namedMax = 20

/** The refusal of one argument. */
export function badInput(argument: string, reason: string): AppError {
  return refusalOf([{ argument, reason }])
}

/** Collects what is wrong with an input, so that one error names all of it. */
export class Problems {
  readonly #found: Problem[] = []

  get any(): boolean {
    return this.#found.length > 0
  }

  /** Takes a reason, or undefined when nothing is wrong. */
  add(argument: string, reason: string | undefined): void {
    if (reason !== undefined) this.#found.push({ argument, reason })
  }

  /** @throws BAD_USER_INPUT naming the first 20 problems in the order in which they were added; nothing without one */
  assertNone(): void {
    if (this.any) throw refusalOf(this.#found)
  }
}

function refusalOf(problems: readonly Problem[]): AppError {
  const named = problems.slice(0, namedMax)
  const reason = named.map((problem) => `${problem.argument}: ${problem.reason}`).join('; ')
  return new AppError('BAD_USER_INPUT', reason, {
    message: messageOf(named, problems.length - named.length),
    extensions: { argument: named[0]?.argument, arguments: named },
  })
}

function messageOf(named: readonly Problem[], more: number): string {
  const [only, ...others] = named
  if (only && others.length === 0) return `The argument \`${only.argument}\` is not acceptable: ${only.reason}.`
  const list = named.map(({ argument, reason }) => `\`${argument}\`: ${reason}`).join('; ')
  return `Several arguments are not acceptable: ${list}${more > 0 ? `; and ${more} more` : ''}.`
}
