// A grid of dates, marked `data-days`, is one stop of the Tab key: the arrows walk by days and weeks, Home and End to the ends
// of the month, Page Up and Page Down by months. Each date is a link with `data-date`, so Enter opens it.
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

const written = (date) => date.toISOString().slice(0, 10);

function target(from, key) {
  const date = new Date(`${from}T00:00:00Z`);
  const month = date.getUTCMonth();
  if (STEPS[key]) date.setUTCDate(date.getUTCDate() + STEPS[key]);
  else if (key === "Home") date.setUTCDate(1);
  else if (key === "End") date.setUTCMonth(month + 1, 0);
  else if (key === "PageUp" || key === "PageDown") {
    const day = date.getUTCDate();
    date.setUTCMonth(month + (key === "PageUp" ? -1 : 1), 1);
    const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
    date.setUTCDate(Math.min(day, last));
  } else return null;
  return written(date);
}

export function startDays() {
  for (const grid of document.querySelectorAll("[data-days]")) {
    const links = [...grid.querySelectorAll("[data-date]")];
    const find = (date) => links.find((link) => link.dataset.date === date);
    const enter = (link) => {
      for (const other of links) other.tabIndex = other === link ? 0 : -1;
    };
    const first = grid.querySelector('[aria-current="true"]') ?? grid.querySelector('[aria-current="date"]') ?? links[0];
    if (!first) continue;
    enter(first);
    grid.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const from = event.target.closest?.("[data-date]");
      const to = from && target(from.dataset.date, event.key);
      const link = to && find(to);
      if (!link) return;
      event.preventDefault();
      enter(link);
      link.focus();
    });
    grid.addEventListener("focusin", (event) => {
      const link = event.target.closest?.("[data-date]");
      if (link) enter(link);
    });
  }
}
