import { AppError } from '@fieldnotes/core/error'

/** The refusal of an argument, named by its path such as `input.title`. Its value is never quoted. */
export const badInput = (argument: string, reason: string): AppError =>
  new AppError('BAD_USER_INPUT', `${argument}: ${reason}`, {
    message: `The argument \`${argument}\` is not acceptable: ${reason}.`,
    extensions: { argument },
  })
