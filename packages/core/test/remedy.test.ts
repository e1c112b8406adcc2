import { describe, expect, it } from 'vitest'
import { AppError, type ErrorCode, errors, publicExtensions } from '../src/error.ts'
import { defaultRemedies, type Remedy } from '../src/remedy.ts'

const remedies: readonly Remedy[] = [
  { kind: 'SCOPES', scopes: [['notes:write']], issuerScopes: [['notes/write']] },
  { kind: 'SIGN_IN' },
  { kind: 'STEP_UP', maxAge: 300 },
  { kind: 'ASK_OWNER' },
  { kind: 'RETRY', after: 1 },
]

describe('the remedy of an error', () => {
  it.each(remedies)('is public beside the code: $kind', (remedy) => {
    const error = new AppError('FORBIDDEN', 'a secret reason', {
      remedy,
      extensions: { field: 'Note.title', status: 403 },
    })
    expect(publicExtensions(error)).toEqual({ field: 'Note.title', remedy, code: 'FORBIDDEN' })
  })

  it('is that of the code where none is named, and only two codes have one', () => {
    for (const code of Object.keys(errors) as ErrorCode[]) {
      const remedy = (defaultRemedies as Partial<Record<ErrorCode, Remedy>>)[code]
      expect(publicExtensions(new AppError(code, 'reason'))).toEqual({ ...(remedy && { remedy }), code })
      expect(publicExtensions(new AppError(code, 'reason', { remedy: undefined }))).toEqual({ code })
    }
    expect(Object.keys(defaultRemedies)).toEqual(['UNAUTHENTICATED', 'UNAVAILABLE'])
  })

  it('is dropped for NOT_FOUND, so that the answer never says that the object exists', () => {
    const remedy: Remedy = { kind: 'ASK_OWNER' }
    const smuggled = new AppError('NOT_FOUND' as 'FORBIDDEN', 'reason', { remedy })
    expect(smuggled.remedy).toBeUndefined()
    expect(publicExtensions(smuggled)).toEqual(publicExtensions(new AppError('NOT_FOUND', 'absent')))
    const inExtensions = new AppError('NOT_FOUND', 'reason', { extensions: { remedy } as never })
    expect(publicExtensions(inExtensions)).toEqual({ code: 'NOT_FOUND' })
  })
})
