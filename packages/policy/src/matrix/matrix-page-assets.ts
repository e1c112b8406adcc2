/** Style and behaviour of the matrix page. */

/** Light or dark, as the reader's system is. */
export const style = `
:root { color-scheme: light dark;
  --paper: light-dark(#fdfcf8, #191815); --sunk: light-dark(#f5f2ea, #12110f); --raised: light-dark(#fff, #23211d);
  --touched: light-dark(#eeeadf, #2a2822); --ink: light-dark(#211f1a, #ece8de); --ink-2: light-dark(#524d45, #bbb5a8);
  --ink-3: light-dark(#665f54, #a09a8c); --rule: light-dark(#e2dccd, #36332c); --edge: light-dark(#8a8374, #7f796b);
  --accent: light-dark(#14596b, #8ac8d6); --accent-wash: light-dark(#e5eff0, #1b2c30);
  --danger: light-dark(#97301d, #f2a593); --danger-wash: light-dark(#f9eae6, #35201b);
  --serif: "Iowan Old Style", Charter, "Source Serif 4", Georgia, ui-serif, serif;
  --sans: Seravek, "Segoe UI", Ubuntu, "Open Sans", "Noto Sans", system-ui, sans-serif;
  --mono: ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, monospace }
* { box-sizing: border-box; margin: 0; padding: 0 }
body { display: grid; grid-template: auto auto minmax(0, 1fr) auto / minmax(0, 1fr); block-size: 100dvh;
  font: 14px/1.3 var(--sans); color: var(--ink); background: var(--paper) }
header { grid-row: 1 } form { grid-row: 2 } main { grid-row: 3 } footer { grid-row: 4 }
header { display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: baseline; padding: 12px 16px 0 }
h1 { font: 600 20px/1.3 var(--serif) } header p { color: var(--ink-2) }
form { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; padding: 12px 16px;
  border-block-end: 1px solid var(--rule) }
select, [type=search], summary { min-block-size: 36px; padding: 4px 8px; font: inherit; color: inherit;
  background: var(--raised); border: 1px solid var(--edge); border-radius: 4px }
[type=search] { flex: 1 1 192px; max-inline-size: 288px }
details { position: relative } summary { display: flex; align-items: center; cursor: pointer }
fieldset { position: absolute; z-index: 4; display: grid; gap: 8px; padding: 12px; white-space: nowrap;
  background: var(--raised); border: 1px solid var(--edge); border-radius: 4px }
ul { display: flex; flex-wrap: wrap; gap: 4px 16px; margin-inline-start: auto; list-style: none; color: var(--ink-2) }
main { overflow: auto; overscroll-behavior: contain }
:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px }
table { inline-size: 100%; border-collapse: separate; border-spacing: 0; white-space: nowrap }
th, td { block-size: 30px; padding: 4px 12px; font-weight: 400; text-align: start; background: var(--paper);
  border-block-end: 1px solid var(--rule) }
thead th { position: sticky; inset-block-start: 0; z-index: 2; font-weight: 600; color: var(--ink-2);
  vertical-align: bottom; border-block-end-color: var(--edge) }
thead th small { display: block; font-size: 12px; font-weight: 400; color: var(--ink-3) }
th[scope=row], thead th:first-child { position: sticky; inset-inline-start: 0; border-inline-end: 1px solid var(--edge) }
th[scope=row] { z-index: 1; font: 13px/1.3 var(--mono) } thead th:first-child { z-index: 3 }
.type > * { background: var(--sunk); color: var(--ink-3) }
.type > th { position: sticky; inset-inline-start: 0; z-index: 1; font-weight: 600; color: var(--ink) }
td { cursor: default } td.yes { font-weight: 600 } td:is(.no, .sign-in, .not-found, .absent) { color: var(--ink-3) }
.sign { display: inline-block; inline-size: 8px; block-size: 8px; margin-inline-end: 6px; vertical-align: 1px;
  border: 1.5px solid currentColor; border-radius: 50% }
.yes .sign { background: currentColor }
.if .sign { background: linear-gradient(90deg, currentColor 50%, transparent 50%) }
.no .sign { block-size: 1.5px; border-width: 0; border-radius: 0; background: currentColor; vertical-align: 4px }
.sign-in .sign { border-style: dotted } .undecidable .sign { border-radius: 0 } .absent .sign { visibility: hidden }
tr:not(.type):hover > *, td.chosen { background: var(--touched) }
td.wider { color: var(--danger); background: var(--danger-wash) }
td.narrower, td.other { color: var(--accent); background: var(--accent-wash) }
td.changed { font-weight: 600 } td del { font-weight: 400 } .mark { margin-inline-end: 4px } .gone { color: var(--ink-3) }
.rule { inline-size: 100%; padding-inline-start: 24px; color: var(--ink-2) } th.rule { min-inline-size: 192px }
td.rule { max-inline-size: 0; white-space: normal; overflow-wrap: break-word }
footer { display: flex; flex-wrap: wrap; gap: 4px 24px; align-items: center; min-block-size: 48px; padding: 8px 16px;
  background: var(--sunk); border-block-start: 1px solid var(--edge) }
footer code { font: 13px/1.3 var(--mono); color: var(--ink-2) }
[hidden] { display: none }
@media (max-width: 1499px) { th, td { padding-inline: 6px } th.rule { min-inline-size: 160px } }
@media (max-width: 1409px) { .rule { display: none } }
@media (max-width: 699px) { header p { display: none } [type=search] { flex-basis: 100%; max-inline-size: none }
  select, [type=search], summary { min-block-size: 44px; font-size: 16px } ul { margin: 0; font-size: 12px } }
`

/**
 * Hides the rows and columns that the form deselects. One cell is a tab stop, arrow keys move to others, and the line
 * below the table reads out the cell that is pointed at or focused.
 */
export const script = `
const form = document.forms[0], table = document.querySelector('table')
const cells = (row) => [...row.querySelectorAll('td[data-caller]:not([hidden])')]
const rows = () => [...table.querySelectorAll('tr[data-field]:not([hidden])')].filter((row) => cells(row).length > 0)
function apply() {
  const type = form.elements.type.value, text = form.elements.text.value.toLowerCase()
  const only = form.elements.changed?.checked
  const shown = new Set([...form.querySelectorAll('[name=caller]:checked')].map((box) => box.value))
  for (const cell of table.querySelectorAll('[data-caller]')) cell.hidden = !shown.has(cell.dataset.caller)
  for (const row of table.querySelectorAll('tr[data-field]'))
    row.hidden = (type && row.dataset.type !== type) ||
      !(row.dataset.field + ' ' + row.dataset.rule).toLowerCase().includes(text) ||
      (only && !row.querySelector('.changed:not([hidden])') && !row.matches('.gone'))
  for (const group of table.tBodies) group.hidden = !group.querySelector('tr[data-field]:not([hidden])')
}
function speak(cell) {
  table.querySelector('.chosen')?.classList.remove('chosen')
  cell.classList.add('chosen')
  const [place, does, rule] = document.querySelector('footer').children
  place.textContent = cell.parentElement.dataset.field
  does.textContent = cell.dataset.caller + ': ' + cell.title
  rule.textContent = cell.parentElement.dataset.rule
}
const steps = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }
table.addEventListener('pointerover', ({ target }) => {
  const cell = target.closest('td[data-caller]')
  if (cell) speak(cell)
})
table.addEventListener('focusin', ({ target }) => {
  const cell = target.closest('td[data-caller]')
  if (!cell) return
  for (const other of table.querySelectorAll('td[tabindex="0"]')) other.tabIndex = -1
  cell.tabIndex = 0
  speak(cell)
})
table.addEventListener('keydown', (event) => {
  const cell = event.target.closest('td[data-caller]'), step = steps[event.key]
  if (!cell || !step) return
  event.preventDefault()
  const all = rows(), row = all[all.indexOf(cell.parentElement) + step[0]]
  if (row) cells(row)[cells(cell.parentElement).indexOf(cell) + step[1]]?.focus()
})
form.addEventListener('input', apply)
form.addEventListener('submit', (event) => event.preventDefault())
apply()
const [first] = rows()
if (first) cells(first)[0].tabIndex = 0
`
