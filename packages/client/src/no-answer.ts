/** The error of a server that gave no usable answer. */

/** No answer, too late, too large, or of another form. The same call may succeed later. It quotes no part of it. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'
}
