/**
 * `npm run where [-- word …]`: prints the questions of `docs/where.md` that contain all the words, each with the line
 * that answers it. Exits with 1 when the named file does not contain the answer, or when no question has the words.
 * `npm run where -- --write`: after files have moved, names the files again that contain the answers.
 * `npm run where -- --hits`: the files that a reader opened first who saw only the paths of the tree.
 */
import { writeFileSync } from 'node:fs'
import { hitsText } from './hits.ts'
import { linesOf, page, questionsIn, readPage, renamedPage } from './questions.ts'

const words = process.argv.slice(2).map((word) => word.toLowerCase())
if (words.includes('--hits')) {
  process.stdout.write(hitsText(questionsIn(readPage())))
  process.exit(0)
}
if (words.includes('--write')) writeFileSync(page, renamedPage(readPage(), linesOf))

const matching = questionsIn(readPage()).filter(({ question, topic }) =>
  words.every((word) => word === '--write' || `${topic} ${question}`.toLowerCase().includes(word)),
)

let hits = 0
for (const { question, file, text } of matching) {
  const found = linesOf(text).find((line) => line.file === file)
  hits += found ? 1 : 0
  process.stdout.write(`${question}\n  ${found ? `${file}:${found.line}` : `NOT in ${file}`}  ${text}\n`)
}
process.stdout.write(`${hits} of ${matching.length} answers are in the file that is named\n`)
process.exit(hits === matching.length && hits > 0 ? 0 : 1)
