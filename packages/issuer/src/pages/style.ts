/** The style of the issuer's pages: paper and ink of the product, one sheet in the middle, light and dark. */
export const style = `
:root { color-scheme: light dark; --ink: light-dark(#211f1a, #ece8de); --ink-2: light-dark(#524d45, #bbb5a8);
  --paper: light-dark(#fdfcf8, #191815); --sunk: light-dark(#f5f2ea, #12110f); --rule: light-dark(#e2dccd, #36332c);
  --edge: light-dark(#8a8374, #7f796b); --accent: light-dark(#14596b, #8ac8d6); }
* { box-sizing: border-box; margin: 0; }
body { display: grid; min-block-size: 100dvh; justify-items: center; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.5 Seravek, "Segoe UI", Ubuntu, "Noto Sans", system-ui, sans-serif; }
main { display: grid; gap: 1rem; align-content: start; inline-size: min(33rem, 100%); padding: 2rem 1rem; }
h1 { font: 600 1.53rem/1.25 "Iowan Old Style", Charter, Georgia, ui-serif, serif; overflow-wrap: anywhere; }
h2 { font-size: 0.885rem; font-weight: 600; color: var(--ink-2); }
p, li small { color: var(--ink-2); overflow-wrap: anywhere; }
form { display: grid; gap: 1rem; }
ul { padding: 0; list-style: none; border-block: 1px solid var(--rule); }
li { padding-block: 0.75rem; }
li + li { border-block-start: 1px solid var(--rule); }
small { display: block; font-size: inherit; }
a { color: var(--accent); }
.equal { display: grid; grid-template-columns: 1fr 1fr; gap: 0.75rem; }
button { min-block-size: 2.75rem; border: 1px solid var(--edge); border-radius: 0.5rem; background: transparent;
  color: inherit; font: inherit; font-weight: 600; cursor: pointer; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
@media (min-width: 700px) {
  body { background: var(--sunk); }
  main { align-self: center; margin-block: 2rem; padding: 2rem; background: var(--paper);
    border: 1px solid var(--rule); border-radius: 0.5rem; }
}
`
