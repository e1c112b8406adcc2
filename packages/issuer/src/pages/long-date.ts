/** Days as pages show them. */

const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** The day of an instant in UTC, such as `26 May 2027`. `at` is in seconds since the epoch. */
export function longDate(at: number): string {
  return format.format(at * 1000)
}
