/**
 * Removes values from graphql-js's messages. A value may be a secret, and messages end in the logs of clients and
 * proxies.
 */
const rewordings: readonly [RegExp, string][] = [
  [/^Syntax Error[\s\S]*/, 'Syntax error.'],
  [/^Argument "(\w+)" has invalid value [\s\S]*/, 'Argument "$1" has an invalid value.'],
  [/^Expected value of type "([\w[\]!]+)", found [\s\S]*/, 'Expected a value of type "$1".'],
  [/^Value [\s\S]* does not exist in "(\w+)" enum\.[\s\S]*/, 'There is no such value in the enum "$1".'],
  [/^(\w+) cannot represent [\s\S]*/, 'The value can not be a $1.'],
  [/^Enum "(\w+)" cannot represent [\s\S]*/, 'There is no such value in the enum "$1".'],
  [/ Did you mean [\s\S]*/, ''],
]

/** Names of the schema and of the document are kept: their syntax leaves no room for a value. */
const name = /^[\w$@.[\]!:|]{1,128}$/

function quoted(text: string, inner: string): string {
  return name.test(inner) ? text : '"…"'
}

/** The message without values of the request, and without suggestions from the schema. */
export function redactMessage(message: string): string {
  return rewordings
    .reduce((text, [pattern, words]) => text.replace(pattern, words), message)
    .replace(/"([^"]*)"/g, quoted)
}
