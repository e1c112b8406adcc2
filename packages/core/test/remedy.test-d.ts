/** Remedies that must not compile. Checked by `tsc`; nothing here runs. */
import { AppError, type ErrorCode } from '../src/error.ts'
import type { Remedy } from '../src/remedy.ts'

declare const code: ErrorCode
const remedy: Remedy = { kind: 'SIGN_IN' }

export const signIn = new AppError('UNAUTHENTICATED', 'reason', { remedy })
export const anyCode = new AppError(code, 'reason', { message: 'No.' })

// @ts-expect-error a remedy would say that the object exists
new AppError('NOT_FOUND', 'reason', { remedy })

// @ts-expect-error a code that can be NOT_FOUND
new AppError(code, 'reason', { remedy })

// @ts-expect-error the remedy is a part of its own
new AppError('FORBIDDEN', 'reason', { extensions: { remedy } })

// @ts-expect-error a step-up without the age that is accepted
export const ageless: Remedy = { kind: 'STEP_UP' }

// @ts-expect-error a member of another kind
export const mixed: Remedy = { kind: 'SIGN_IN', after: 1 }
