/** Faults of what a program and a person see. */
import { executes, type Fault, isProgram } from './changes.ts'

/** Each must be found by the check that it names. */
export const tokenFaults: readonly Fault[] = [
  [
    'a program that may not read',
    'machine',
    (answer, request) =>
      executes(request, 'notes', answer)
        ? {
            ...answer,
            body: { data: { notes: null }, errors: [{ path: ['notes'], extensions: { code: 'FORBIDDEN' } }] },
          }
        : answer,
  ],
  [
    'a program that reads with errors',
    'machine',
    (answer, request) =>
      executes(request, 'notes', answer)
        ? { ...answer, body: { ...answer.body, errors: [{ path: ['notes', 'edges'] }] } }
        : answer,
  ],
  [
    'a program whose token is refused',
    'machine',
    (answer, request) => (isProgram(request) ? { ...answer, status: 401, body: { errors: [{}] } } : answer),
  ],
  [
    'a program that may write',
    'machine',
    (answer) =>
      answer.body?.data?.createNote === null ? { ...answer, body: { data: { createNote: { note: {} } } } } : answer,
  ],
  [
    'a note that is not written',
    'note',
    (answer) => (answer.body?.data?.createNote ? { ...answer, body: { data: { createNote: null } } } : answer),
  ],
  [
    'a note that reads as another one',
    'note',
    (answer) => (answer.body?.data?.note ? { ...answer, body: { data: { note: { title: 'x' } } } } : answer),
  ],
  [
    'a note that everyone may read',
    'note',
    (answer, request) =>
      request.token === undefined && executes(request, 'note', answer)
        ? { ...answer, body: { data: { note: {} } } }
        : answer,
  ],
  [
    'a note that a program may read',
    'note',
    (answer, request) =>
      isProgram(request) && executes(request, 'note', answer) ? { ...answer, body: { data: { note: {} } } } : answer,
  ],
  [
    'a note for a changed token',
    'note',
    (answer, request) =>
      answer.status === 401 && request.token?.includes('.ey') ? { ...answer, status: 200 } : answer,
  ],
  [
    'a note that is not deleted',
    'note',
    (answer) => (answer.body?.data?.deleteNote ? { ...answer, body: { data: { deleteNote: null } } } : answer),
  ],
]
