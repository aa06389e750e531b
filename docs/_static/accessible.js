// What the theme leaves out: captions of the contents are headings without a level, and code that
// scrolls sideways cannot be reached with a keyboard.
for (const caption of document.querySelectorAll("[role=heading]:not([aria-level])")) {
  caption.setAttribute("aria-level", "2");
}
for (const code of document.querySelectorAll("pre")) {
  if (code.scrollWidth > code.clientWidth) {
    code.tabIndex = 0;
  }
}
