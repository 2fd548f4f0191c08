// What is typed into a `<form data-draft="name">` is kept in this browser, per person, until the server says that it has been
// saved (`data-draft-done` on the next page). Passwords, files, tokens and hidden fields are never kept.
import { say } from "./words.js";

const person = document.documentElement.dataset.person ?? "";
const keyOf = (name) => `yingda:draft:${person}:${name}`;
const kept = (control) =>
  control.name && !control.disabled && !["hidden", "password", "file", "submit", "button"].includes(control.type);

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function write(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A full or forbidden storage loses the draft only; the form itself still works.
  }
}

const controlsOf = (form) => [...form.elements].filter(kept);

function gather(form) {
  const values = {};
  for (const control of controlsOf(form)) {
    if (control.type === "radio" || control.type === "checkbox") {
      if (control.checked) (values[control.name] ??= []).push(control.value);
    } else if (control.value !== "") {
      (values[control.name] ??= []).push(control.value);
    }
  }
  return values;
}

function fill(form, values) {
  const taken = {};
  for (const control of controlsOf(form)) {
    const list = values[control.name];
    if (!list) continue;
    if (control.type === "radio" || control.type === "checkbox") {
      control.checked = list.includes(control.value);
    } else {
      const index = taken[control.name] ?? 0;
      taken[control.name] = index + 1;
      if (list[index] !== undefined) control.value = list[index];
    }
    control.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function offerDiscard(form, key) {
  const bar = document.createElement("div");
  bar.className = "flash flash-notice";
  bar.setAttribute("role", "status");
  const text = document.createElement("p");
  text.textContent = say("draftRestored");
  const discard = document.createElement("button");
  discard.type = "button";
  discard.className = "button small";
  discard.textContent = say("draftDiscard");
  discard.addEventListener("click", () => {
    write(key, null);
    form.reset();
    bar.remove();
  });
  bar.append(text, discard);
  form.prepend(bar);
}

export function startDrafts() {
  const done = document.documentElement.dataset.draftDone;
  if (done) write(keyOf(done), null);
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const key = keyOf(form.dataset.draft);
    const before = JSON.stringify(gather(form));
    const saved = read(key);
    // A page that comes back with faults already holds what was typed; only a fresh one takes the draft.
    if (saved && form.dataset.kept === undefined && !form.querySelector(".has-error") && JSON.stringify(saved) !== before) {
      fill(form, saved);
      offerDiscard(form, key);
    }
    let timer = 0;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const now = gather(form);
        write(key, JSON.stringify(now) === before ? null : now);
      }, 300);
    });
  }
}
