// A menu closes when the reader goes elsewhere or presses Escape; `data-print` prints.
export function startMenus() {
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
    if (event.target.closest?.("[data-print]")) window.print();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
  // Phones start with the filters folded away.
  if (matchMedia("(max-width: 760px)").matches) {
    for (const fold of document.querySelectorAll("details.tool-fold:not([data-keep])")) fold.open = false;
  }
}
