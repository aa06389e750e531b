// What the theme leaves out for readers with a keyboard or a screen reader.
const names = {
  en: ["All pages", "On this page"],
  fi: ["Kaikki sivut", "Tällä sivulla"],
  sv: ["Alla sidor", "På denna sida"],
};

// The two columns beside the text are landmarks of one kind, so each needs a name.
const [pages, contents] = names[document.documentElement.lang] ?? names.en;
document.querySelector(".sidebar-drawer")?.setAttribute("aria-label", pages);
document.querySelector(".toc-drawer")?.setAttribute("aria-label", contents);

// Captions of the contents are headings without a level.
for (const caption of document.querySelectorAll("[role=heading]:not([aria-level])")) {
  caption.setAttribute("aria-level", "2");
}

// The search has no heading before it has results.
const article = document.querySelector("[role=main]");
if (article && !document.querySelector("h1")) {
  const heading = document.createElement("h1");
  heading.textContent = document.title.split(" - ")[0];
  article.prepend(heading);
}

// What scrolls sideways must be reached with a keyboard: in a narrow window more than in a wide one.
function reachable() {
  for (const part of document.querySelectorAll("pre, .table-wrapper, .cell_output .output")) {
    if (part.scrollWidth > part.clientWidth) {
      part.tabIndex = 0;
    } else {
      part.removeAttribute("tabindex");
    }
  }
}
addEventListener("resize", reachable);
reachable();
