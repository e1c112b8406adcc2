/**
 * `npm run words [-- folder …]`: counts house words in comments, names, quoted keys, messages, titles of tests,
 * descriptions of the schema and of packages, texts of pictures, and documents with their inline code. A string of one
 * word is not read: most are values of a protocol or of test data, which other specifications name.
 * Prints one line for each, and exits with 1 when there is one. `docs/glossary.md` lists names that some files may use.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { allowedNames, findWords } from './find-words.ts'
import { extensions } from './prose-and-names.ts'

const root = join(import.meta.dirname, '../../..')

/** Generated files, and the files that have to quote the words. */
const exempt =
  /(^|\/)generated\/|\.d\.ts$|^packages\/local\/(scripts\/house-words|test\/words\.test)\.ts$|\/(MATRIX|RESULTS)\.md$|^pnpm-lock/

/** Of JSON only manifests have names and sentences of the product; of files without an extension, only scripts. */
function isRead(file: string): boolean {
  if (exempt.test(file) || !existsSync(join(root, file))) return false
  if (extname(file) === '.json') return ['package.json', 'renovate.json'].includes(basename(file))
  return extname(file) === '' ? file.startsWith('.ci/') : extensions.has(extname(file))
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

const folders = process.argv.length > 2 ? process.argv.slice(2) : ['.']
const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', ...folders], {
  cwd: root,
  encoding: 'utf8',
})
const files = listed.split('\n').filter(isRead)
const allowed = allowedNames(read('docs/glossary.md'))
const findings = files.flatMap((file) => findWords(file, read(file), allowed))

for (const { file, line, word, say } of findings) process.stdout.write(`${file}:${line} ${word} → ${say}\n`)
process.stdout.write(`${findings.length} house words in ${files.length} files\n`)
process.exit(findings.length > 0 ? 1 : 0)
