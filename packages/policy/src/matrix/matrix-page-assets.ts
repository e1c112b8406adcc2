/** Style and behaviour of the matrix page. */

/** Light or dark, as the reader's system is. */
export const style = `
:root { color-scheme: light dark; --ink: #1d2430; --soft: #667085; --line: #e4e7ec; --paper: #fff; --bar: #f7f8fa;
  --yes: #d9f2e3; --yes-ink: #0b6b3a; --no: #fbe0de; --no-ink: #9b1c16;
  --if: #fdf0cf; --if-ink: #7a4d00; --new: #3b6ef6 }
@media (prefers-color-scheme: dark) { :root {
  --ink: #e6e9ef; --soft: #98a2b3; --line: #2b3240; --paper: #12161d; --bar: #181d26;
  --yes: #12391f; --yes-ink: #7fdca4; --no: #451a1a; --no-ink: #ffaba4;
  --if: #3d3010; --if-ink: #ffd87a; --new: #7ea1ff } }
* { box-sizing: border-box }
body { margin: 0; font: 15px/1.45 system-ui, sans-serif; color: var(--ink); background: var(--paper) }
header { position: sticky; top: 0; z-index: 2; padding: 16px 24px; background: var(--bar);
  border-bottom: 1px solid var(--line) }
h1 { margin: 0 0 10px; font-size: 20px } h1 small { font-weight: 400; color: var(--soft); margin-left: 8px }
form { display: flex; flex-wrap: wrap; gap: 12px 20px; align-items: center }
select, input[type=search] { font: inherit; color: inherit; background: var(--paper);
  border: 1px solid var(--line); border-radius: 8px; padding: 5px 10px }
fieldset { border: 0; padding: 0; margin: 0; display: flex; flex-wrap: wrap; gap: 4px 12px }
label { white-space: nowrap }
main { padding: 8px 24px 48px; overflow-x: auto }
table { border-collapse: separate; border-spacing: 0; width: 100%; margin-bottom: 28px }
caption { text-align: left; font-weight: 600; font-size: 17px; padding: 18px 0 8px }
th, td { text-align: left; vertical-align: top; padding: 7px 12px; border-bottom: 1px solid var(--line) }
th { font-size: 13px; color: var(--soft); font-weight: 600 }
tbody th { color: var(--ink); font: 600 14px ui-monospace, monospace }
td.rule { color: var(--soft); min-width: 14em }
td span { display: inline-block; border-radius: 6px; padding: 1px 8px; font-size: 13px }
.allow span { background: var(--yes); color: var(--yes-ink) } .deny span { background: var(--no); color: var(--no-ink) }
.depends span { background: var(--if); color: var(--if-ink) }
td.changed { box-shadow: inset 3px 0 var(--new) } td del { display: block; color: var(--soft); font-size: 12px }
[hidden] { display: none }
`

/** Hides the rows, columns and tables that the form deselects. */
export const script = `
const form = document.forms[0]
function apply() {
  const type = form.elements.type.value, text = form.elements.text.value.toLowerCase()
  const only = form.elements.changed?.checked
  const shown = new Set([...form.querySelectorAll('[name=caller]:checked')].map((box) => box.value))
  for (const cell of document.querySelectorAll('[data-caller]')) cell.hidden = !shown.has(cell.dataset.caller)
  for (const row of document.querySelectorAll('[data-row]'))
    row.hidden = !row.dataset.row.toLowerCase().includes(text) ||
      (only && !row.querySelector('.changed:not([hidden])') && !row.matches('.gone'))
  for (const table of document.querySelectorAll('[data-type]'))
    table.hidden = (type && table.dataset.type !== type) || !table.querySelector('[data-row]:not([hidden])')
}
form.addEventListener('input', apply)
form.addEventListener('submit', (event) => event.preventDefault())
apply()
`
