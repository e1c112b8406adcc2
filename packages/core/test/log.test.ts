import { describe, expect, it } from 'vitest'
import { createLog } from '../src/log.ts'

function written(fields: Record<string, string | number | undefined>): string {
  const lines: string[] = []
  createLog((line) => lines.push(line), { stage: 'test' })('info', 'seen', fields)
  return lines.join('\n')
}

describe('createLog', () => {
  it('writes one line of JSON with what is bound to it', () => {
    expect(JSON.parse(written({ code: 'FORBIDDEN', path: undefined }))).toEqual({
      level: 'info',
      event: 'seen',
      stage: 'test',
      code: 'FORBIDDEN',
    })
  })

  it.each(['\n', '\r\n', '\u0085', '\u2028', '\u2029', '\u0000', '\u001b[2J', '\u009b2J'])(
    'lets no value forge a second line: %j',
    (mark) => {
      const line = written({ operation: `x${mark}{"level":"error","event":"forged"}` })
      expect(line.split(/[\n\r\u0085\u2028\u2029]/)).toHaveLength(1)
      expect(line).toMatch(/^[\x20-\x7e]*$/)
    },
  )

  it('lets no field replace the level or the event', () => {
    expect(JSON.parse(written({ level: 'debug', event: 'other' }))).toMatchObject({ level: 'info', event: 'seen' })
  })
})
