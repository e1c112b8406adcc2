/** Adds what the laptop has from the start. */
import { AppError } from '@fieldnotes/core/error'

/** Waits until an example is added. One that is stored already stays as an operator has changed it. */
export async function unlessStored(adding: Promise<unknown>): Promise<void> {
  await adding.catch((error: unknown) => {
    if (!(error instanceof AppError && error.code === 'CONFLICT')) throw error
  })
}
