/** One line of the printed table: a kind of attack with its worst ratio at each size. */
export interface RatioRow {
  readonly group: string
  readonly name: string
  readonly bytes: number
  readonly ratio: number
}

/** Records a row if it is the worst of its kind and size. */
export function record(rows: RatioRow[], row: RatioRow): void {
  const at = rows.findIndex(({ group, name, bytes }) => group === row.group && name === row.name && bytes === row.bytes)
  const known = rows[at]
  if (!known) rows.push(row)
  else if (known.ratio < row.ratio) rows[at] = row
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |\n`
}

/** Prints the rows as Markdown: one line for each kind, one column for each size. */
export function printTable(rows: readonly RatioRow[]): void {
  const sizes = [...new Set(rows.map(({ bytes }) => bytes))].sort((a, b) => a - b)
  const kinds = [...new Set(rows.map(({ group, name }) => `${group}: ${name}`))]
  const print = (text: string) => process.stdout.write(text)
  print(
    '\nBusy time (milliseconds in which the thread works) ÷ that of an ordinary request of the same bytes: ' +
      'the highest ratio of each kind\n\n',
  )
  print(line(['hostile', ...sizes.map((bytes) => `${bytes} bytes`)]))
  print(line(['---', ...sizes.map(() => '---:')]))
  for (const kind of kinds) {
    const found = rows.filter(({ group, name }) => `${group}: ${name}` === kind)
    print(line([kind, ...sizes.map((bytes) => found.find((row) => row.bytes === bytes)?.ratio.toFixed(2) ?? '')]))
  }
}
