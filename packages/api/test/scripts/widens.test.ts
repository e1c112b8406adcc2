/** The `Widens:` lines of a commit. */
import { describe, expect, it } from 'vitest'
import { announcementsIn } from '../../scripts/widens.ts'

describe('the fields of a line', () => {
  it('are separated by commas, spaces or lines, each with kinds of caller or for all', () => {
    expect(announcementsIn('Note.a, Note.b (person, third party),Note.*\nUser.c(service)')).toEqual([
      { field: 'Note.a', callers: undefined },
      { field: 'Note.b', callers: ['person', 'third party'] },
      { field: 'Note.*', callers: undefined },
      { field: 'User.c', callers: ['service'] },
    ])
    expect(announcementsIn('')).toEqual([])
  })
})
