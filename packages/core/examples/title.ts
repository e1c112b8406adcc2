import { AppError, errors } from '@fieldnotes/core/error'
import { createLog } from '@fieldnotes/core/log'
import { lineFault, repairLine } from '@fieldnotes/core/visible-text'

const log = createLog((line) => console.log(line))

export function assertTitle(title: string): void {
  const fault = lineFault(title, 200)
  if (fault !== undefined)
    throw new AppError('BAD_USER_INPUT', 'title', { message: fault, extensions: { path: 'title' } })
}

try {
  assertTitle('Minutes \u202e2026')
} catch (error) {
  if (error instanceof AppError) log('info', 'refused', { code: error.code, status: errors[error.code].status })
}

log('info', 'repaired', { name: repairLine('Zoë \u202e', 80) })
