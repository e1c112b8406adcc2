/** Checks the links of a document in a tarball. A registry shows the document without the repository around it. */

/** Returns relative links to files that are not in the list, and links to headings that the document does not have. */
export function brokenLinks(text: string, files: readonly string[]): readonly string[] {
  const anchors = [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading))
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
  return targets
    .filter((target) => !/^[a-z]+:/.test(target))
    .filter((target) => (target.startsWith('#') ? !anchors.includes(target.slice(1)) : !files.includes(target)))
}

/** The heading's anchor, as GitHub and npm make it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}
