/** BAD_USER_INPUT for arguments, each by its path such as `input.title`. Values are never quoted. */
import { AppError } from '@fieldnotes/core/error'

export interface Problem {
  /** The path of the argument: names and indexes joined by dots. */
  readonly argument: string
  readonly reason: string
}

/** Problems that one error lists. */
const listedMax = 20

/** The error for one argument. */
export function badInput(argument: string, reason: string): AppError {
  return errorOf([{ argument, reason }])
}

/** Collects all problems of an input, so that one error lists them. */
export class Problems {
  readonly #found: Problem[] = []

  get any(): boolean {
    return this.#found.length > 0
  }

  /** Adds a problem, unless `reason` is undefined. */
  add(argument: string, reason: string | undefined): void {
    if (reason !== undefined) this.#found.push({ argument, reason })
  }

  /**
   * @throws BAD_USER_INPUT with the first 20 problems in the order in which they were added; nothing when there is none
   */
  assertNone(): void {
    if (this.any) throw errorOf(this.#found)
  }
}

function errorOf(problems: readonly Problem[]): AppError {
  const listed = problems.slice(0, listedMax)
  const reason = listed.map((problem) => `${problem.argument}: ${problem.reason}`).join('; ')
  return new AppError('BAD_USER_INPUT', reason, {
    message: messageOf(listed, problems.length - listed.length),
    extensions: { argument: listed[0]?.argument, arguments: listed },
  })
}

function messageOf(listed: readonly Problem[], more: number): string {
  const [only, ...others] = listed
  if (only && others.length === 0) return `The argument \`${only.argument}\` is not acceptable: ${only.reason}.`
  const list = listed.map(({ argument, reason }) => `\`${argument}\`: ${reason}`).join('; ')
  return `Several arguments are not acceptable: ${list}${more > 0 ? `; and ${more} more` : ''}.`
}
