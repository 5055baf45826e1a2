/** The look of the sign-in pages: the banner's own colours and measures, light and dark, from 320 px up. */
export const style = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f3f5f9, #0c0f16);
  --surface: light-dark(#fff, #171b26);
  --sunken: light-dark(#f3f5f9, #0f131c);
  --line: light-dark(#d5dae3, #2f3646);
  --field-line: light-dark(#7d8798, #77839a);
  --text: light-dark(#12161f, #eef1f7);
  --quiet: light-dark(#545f72, #a4aec0);
  --accent: light-dark(#2454d6, #8eabff);
  --accent-strong: light-dark(#1c45b5, #aac0ff);
  --on-accent: light-dark(#fff, #0c1533);
  --chosen: light-dark(#e5ecff, #222d4c);
  --bad: light-dark(#b3261e, #ff9d95);
  --bad-surface: light-dark(#fdecea, #3a1a1a);
}
* { box-sizing: border-box; }
html { font: 100%/1.5 system-ui, sans-serif; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0; min-height: 100vh; min-height: 100dvh; display: grid; grid-template-rows: 1fr auto; color: var(--text); background: var(--page); }
main { width: min(100%, 27rem); margin: auto; padding: 1.5rem 1rem; }
.brand { display: flex; align-items: center; gap: .5rem; margin: 0 0 1rem; font-weight: 650; }
.brand svg { width: 1.75rem; height: 1.75rem; flex: none; }
.card { padding: 1.5rem; border: 1px solid var(--line); border-radius: 12px; background: var(--surface); box-shadow: 0 1px 2px rgb(10 20 50 / 6%), 0 8px 28px rgb(10 20 50 / 7%); }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.2; letter-spacing: -.01em; overflow-wrap: anywhere; }
h2 { margin: 0; font-size: 1rem; }
p { margin: .5rem 0 0; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
form { margin-top: 1.25rem; display: grid; gap: 1rem; }
label { display: block; margin-bottom: .25rem; font-weight: 550; font-size: .9375rem; }
input { width: 100%; min-height: 2.75rem; padding: .5rem .75rem; font: inherit; color: inherit; background: var(--sunken); border: 1px solid var(--field-line); border-radius: 8px; }
input[aria-invalid] { border-color: var(--bad); border-width: 2px; }
.error { margin: .25rem 0 0; color: var(--bad); font-size: .9375rem; }
.alert { margin-top: 1rem; padding: .75rem 1rem; border-radius: 8px; border-inline-start: 4px solid var(--bad); background: var(--bad-surface); }
.alert p:first-child { margin-top: 0; font-weight: 550; }
.actions { display: grid; gap: .5rem; }
button { min-height: 2.75rem; padding: .5rem 1rem; font: inherit; font-weight: 600; border-radius: 8px; border: 1px solid transparent; cursor: pointer; color: var(--on-accent); background: var(--accent); }
button:hover { background: var(--accent-strong); }
button.plain { color: var(--accent); background: none; }
button.plain:hover { background: var(--chosen); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.demo { margin-top: 1.5rem; }
.demo p { font-size: .9375rem; }
.demo code { padding: .1rem .35rem; border-radius: 4px; background: var(--surface); border: 1px solid var(--line); font: .9em ui-monospace, monospace; user-select: all; }
.demo ul { list-style: none; margin: .75rem 0 0; padding: 0; display: grid; gap: .25rem; }
.demo a { display: grid; grid-template-columns: 1fr auto; gap: 0 .75rem; align-items: center; min-height: 2.75rem; padding: .375rem .75rem; border-radius: 8px; color: inherit; text-decoration: none; border: 1px solid var(--line); background: var(--surface); }
.demo a:hover { border-color: var(--accent); }
.demo a[aria-current] { background: var(--chosen); border-color: var(--accent); }
.demo b { font-weight: 550; }
.demo small { grid-column: 1 / -1; color: var(--quiet); font-size: .8125rem; line-height: 1.35; }
.demo i { font-style: normal; font-size: .8125rem; color: var(--accent); }
footer { padding: 1rem; text-align: center; font-size: .8125rem; color: var(--quiet); }
@media (forced-colors: active) {
  .card, input, button, .alert { border: 1px solid CanvasText; }
}
`;
