/** The tests of `notes`. Those of hostile texts and of the model are not included: they take seconds. */
import { loadTests } from './load-tests.ts'

loadTests({
  'notes/note-item': () => import('../notes/note-item.test.ts'),
  'notes/note-writes': () => import('../notes/note-writes.test.ts'),
  'notes/note-drafts': () => import('../notes/note-drafts.test.ts'),
  'notes/cursors': () => import('../notes/cursors.test.ts'),
  'notes/ids': () => import('../notes/ids.test.ts'),
  'notes/note-limits': () => import('../notes/note-limits.test.ts'),
  'notes/roles': () => import('../notes/roles.test.ts'),
  'notes/tags': () => import('../notes/tags.test.ts'),
  'notes/create-note': () => import('../notes/create-note.test.ts'),
  'notes/create-notes': () => import('../notes/create-notes.test.ts'),
  'notes/note-input': () => import('../notes/note-input.test.ts'),
  'notes/direct-update': () => import('../notes/direct-update.test.ts'),
  'notes/update-note': () => import('../notes/update-note.test.ts'),
  'notes/access': () => import('../notes/access.test.ts'),
  'notes/page-arguments': () => import('../notes/page-arguments.test.ts'),
  'notes/page-cursors': () => import('../notes/page-cursors.test.ts'),
  'notes/pages': () => import('../notes/pages.test.ts'),
  'notes/sharing': () => import('../notes/sharing.test.ts'),
  'notes/sharing-ends': () => import('../notes/sharing-ends.test.ts'),
  'resolvers/conflict': () => import('../resolvers/conflict.test.ts'),
  'store/idempotency': () => import('../store/idempotency.test.ts'),
  'store/repeated-calls': () => import('../store/repeated-calls.test.ts'),
  'store/requests': () => import('../store/requests.test.ts'),
  'notes/partitions': () => import('../notes/partitions.test.ts'),
})
