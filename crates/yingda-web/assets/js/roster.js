// A table of people and days, marked `data-roster`: the arrows walk its cells, a shift's key puts it there, Delete takes it off,
// and a turn can be dragged to another cell (with Ctrl it is copied). Each change is one of the forms that the page has anyway:
// it is sent as it would be without a script, and the part of the answer with the same id takes the place of this one.
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function part(table) {
  return table.closest("[id]");
}

const cellOf = (target) => target?.closest?.("[data-roster] [data-cell]");
const linkOf = (cell) => cell?.querySelector("a");
const find = (root, { person, day }) =>
  root.querySelector(`[data-cell][data-person="${CSS.escape(person)}"][data-day="${CSS.escape(day)}"]`);

// One stop of the Tab key for the whole grid.
function settle(table, cell) {
  const cells = [...table.querySelectorAll("[data-cell]")];
  const stop = cell ?? cells.find((one) => one.classList.contains("roster-picked")) ?? cells[0];
  for (const one of cells) {
    const link = linkOf(one);
    link.tabIndex = one === stop ? 0 : -1;
    link.draggable = false;
  }
}

async function send(root, form, values, place) {
  const body = new URLSearchParams(new FormData(form));
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  const action = values.action ?? form.getAttribute("action");
  body.delete("action");
  root.setAttribute("aria-busy", "true");
  let page = null;
  try {
    const response = await fetch(action, { method: "POST", body, headers: { accept: "text/html" } });
    page = new DOMParser().parseFromString(await response.text(), "text/html");
  } catch {
    page = null;
  }
  const fresh = page?.getElementById(root.id);
  if (!fresh) {
    location.reload();
    return;
  }
  root.replaceWith(fresh);
  for (const flash of document.querySelectorAll("main > .flash")) flash.remove();
  const said = page.querySelector("main > .flash");
  if (said) document.getElementById("main")?.prepend(said);
  const table = fresh.querySelector("[data-roster]");
  if (!table) return;
  const cell = find(fresh, place);
  settle(table, cell);
  linkOf(cell)?.focus();
}

function walk(cell, [down, right]) {
  const row = cell.closest("tr");
  const rows = [...row.parentElement.children];
  const index = [...row.children].indexOf(cell) + right;
  const next = rows[rows.indexOf(row) + down]?.children[index];
  return next?.matches("[data-cell]") ? next : null;
}

function key(event) {
  const cell = cellOf(event.target);
  if (!cell || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const table = cell.closest("[data-roster]");
  const root = part(table);
  const step = STEPS[event.key];
  const place = { person: cell.dataset.person, day: cell.dataset.day };
  const turns = [...cell.querySelectorAll("[data-turn]")];
  if (step || event.key === "Home" || event.key === "End") {
    const row = [...cell.closest("tr").querySelectorAll("[data-cell]")];
    const next = step ? walk(cell, step) : event.key === "Home" ? row[0] : row[row.length - 1];
    event.preventDefault();
    event.stopPropagation();
    if (next) {
      settle(table, next);
      linkOf(next).focus();
    }
    return;
  }
  const put = root.querySelector("[data-roster-put]");
  const move = root.querySelector("[data-roster-move]");
  if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    const last = turns[turns.length - 1];
    if (last) send(root, move, { action: `/duty/turns/${last.dataset.turn}/removal`, version: last.dataset.version }, place);
    return;
  }
  const shift = root.querySelector(`[data-shift-key="${CSS.escape(event.key.toLowerCase())}"]`)?.dataset.shift;
  if (!shift) return;
  event.preventDefault();
  event.stopPropagation();
  if (turns.some((turn) => turn.dataset.shift === shift)) return;
  if (turns.length === 1 && !event.shiftKey) {
    const values = { ...place, shift, version: turns[0].dataset.version, action: `/duty/turns/${turns[0].dataset.turn}/place` };
    send(root, move, values, place);
  } else {
    send(root, put, { ...place, shift }, place);
  }
}

let dragged = null;

function drop(event) {
  const cell = cellOf(event.target);
  if (!cell || !dragged) return;
  event.preventDefault();
  cell.classList.remove("roster-drop");
  const from = cellOf(dragged);
  const place = { person: cell.dataset.person, day: cell.dataset.day };
  const { turn, version, shift } = dragged.dataset;
  dragged = null;
  if (from === cell) return;
  const root = part(cell.closest("[data-roster]"));
  if (event.ctrlKey || event.altKey) send(root, root.querySelector("[data-roster-put]"), { ...place, shift }, place);
  else send(root, root.querySelector("[data-roster-move]"), { ...place, shift, version, action: `/duty/turns/${turn}/place` }, place);
}

export function startRoster() {
  for (const table of document.querySelectorAll("[data-roster]")) settle(table);
  if (!document.querySelector("[data-roster]")) return;
  const main = document.getElementById("main");
  main.addEventListener("keydown", key);
  main.addEventListener("focusin", (event) => {
    const cell = cellOf(event.target);
    if (cell) settle(cell.closest("[data-roster]"), cell);
  });
  main.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-turn]") ?? null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "copyMove";
    event.dataTransfer.setData("text/plain", dragged.textContent);
  });
  main.addEventListener("dragover", (event) => {
    const cell = cellOf(event.target);
    if (!cell || !dragged) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = event.ctrlKey || event.altKey ? "copy" : "move";
    cell.classList.add("roster-drop");
  });
  main.addEventListener("dragleave", (event) => cellOf(event.target)?.classList.remove("roster-drop"));
  main.addEventListener("dragend", () => { dragged = null; });
  main.addEventListener("drop", drop);
}
