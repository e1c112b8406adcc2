/** The style of the issuer's pages: paper and ink of the product, one sheet in the middle, light and dark. */
export const style = `
:root { color-scheme: light dark; --ink: light-dark(#211f1a, #ece8de); --ink-2: light-dark(#524d45, #bbb5a8);
  --ink-3: light-dark(#665f54, #a09a8c); --paper: light-dark(#fdfcf8, #191815); --sunk: light-dark(#f5f2ea, #12110f);
  --raised: light-dark(#ffffff, #23211d); --touched: light-dark(#eeeadf, #2a2822);
  --rule: light-dark(#e2dccd, #36332c); --edge: light-dark(#8a8374, #7f796b); --accent: light-dark(#14596b, #8ac8d6);
  --accent-ink: light-dark(#ffffff, #0c1b1f); --danger: light-dark(#97301d, #f2a593);
  --serif: "Iowan Old Style", Charter, Georgia, ui-serif, serif; }
* { box-sizing: border-box; margin: 0; }
[hidden] { display: none !important; }
body { display: grid; grid-template-rows: 1fr auto; min-block-size: 100dvh; justify-items: center;
  background: var(--paper); color: var(--ink);
  font: 0.885rem/1.5 Seravek, "Segoe UI", Ubuntu, "Noto Sans", system-ui, sans-serif; }
main { display: grid; gap: 1rem; align-content: start; inline-size: min(33rem, 100%); padding: 2rem 1rem; }
footer { padding: 1rem; color: var(--ink-3); text-align: center; }
h1 { font: 600 1.53rem/1.25 var(--serif); overflow-wrap: anywhere; }
h2 { font-size: inherit; font-weight: 600; color: var(--ink-3); }
p, small { color: var(--ink-2); overflow-wrap: anywhere; }
b { color: var(--ink); font-weight: 600; }
form { display: grid; gap: 1rem; }
ul { padding: 0; list-style: none; }
small { display: block; font-size: inherit; }
a:not(.button) { position: relative; color: var(--accent); }
a:not(.button)::after { content: ""; position: absolute; inset: 50% -0.375rem auto; block-size: 2.75rem;
  translate: 0 -50%; }
.icon { inline-size: 1.25rem; block-size: 1.25rem; flex: none; fill: none; stroke: currentColor; stroke-width: 1.5;
  stroke-linecap: round; stroke-linejoin: round; color: var(--ink-3); }
.request { display: flex; align-items: center; gap: 0.75rem; }
.logo { display: grid; place-items: center; inline-size: 3rem; block-size: 3rem; flex: none;
  border: 1px solid var(--edge); border-radius: 0.75rem; color: var(--ink); font: 600 1.275rem/1 var(--serif); }
.avatar { display: grid; place-items: center; inline-size: 1.75rem; block-size: 1.75rem; flex: none;
  border: 1px solid var(--edge); border-radius: 50%; background: var(--raised); font-weight: 600; }
form > .grants, .rows { border-block: 1px solid var(--rule); }
form > .grants > li { display: flex; gap: 0.75rem; padding-block: 0.75rem; }
form > .grants > li + li, .rows > li + li { border-block-start: 1px solid var(--rule); }
.never { display: flex; gap: 0.5rem; }
.ways { display: grid; gap: 0.75rem; }
.rows > li { display: flex; flex-wrap: wrap; align-items: center; gap: 0.75rem; padding-block: 0.75rem; }
.rows > li > div { flex: 1; min-inline-size: 10rem; overflow-wrap: anywhere; }
.rows .grants { display: grid; gap: 0.25rem; padding-block: 0.25rem; color: var(--ink-2); }
.rows h2 { color: var(--ink); }
.equal { display: grid; grid-template-columns: 1fr 1fr; gap: 0.75rem; }
.field { display: grid; gap: 0.25rem; }
label { font-weight: 600; }
input { inline-size: 100%; min-block-size: 2.75rem; padding: 0.25rem 0.75rem; border: 1px solid var(--edge);
  border-radius: 0.25rem; background: var(--raised); color: inherit; font: inherit; font-size: 1rem; }
input[aria-invalid="true"] { border-color: var(--danger); }
[role="alert"] { color: var(--danger); }
button, .button { display: flex; align-items: center; justify-content: center; min-block-size: 2.75rem;
  padding: 0 1rem; border: 1px solid var(--edge); border-radius: 0.25rem; background: var(--raised); color: inherit;
  font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
button:hover, .button:hover { background: var(--touched); }
.primary, .primary:hover { border-color: var(--accent); background: var(--accent); color: var(--accent-ink); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
@media (min-width: 700px) {
  body { background: var(--sunk); }
  main { align-self: center; margin-block: 2rem; padding: 2rem; background: var(--paper);
    border: 1px solid var(--rule); border-radius: 0.25rem; }
}
`
