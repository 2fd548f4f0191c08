// One-key ways: whatever carries `data-key` answers to that key; J and K walk rows; G and a letter goes to a place; ? helps.
const PLACES = { d: "/", q: "/tickets", i: "/inbox", a: "/answers", p: "/processes" };

const typing = (target) => target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

function walk(step) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (rows.length === 0) return;
  const at = rows.findIndex((row) => row.getAttribute("aria-selected") === "true");
  const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
  rows[at]?.removeAttribute("aria-selected");
  next.setAttribute("aria-selected", "true");
  next.querySelector("a")?.focus();
}

export function startKeys() {
  let going = false;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && typing(event.target)) {
      event.target.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    if (going) {
      going = false;
      if (PLACES[key]) location.assign(PLACES[key]);
      return;
    }
    if (key === "g") {
      going = true;
      setTimeout(() => { going = false; }, 1200);
    } else if (key === "j") walk(1);
    else if (key === "k") walk(-1);
    else if (event.key === "?") document.getElementById("key-help")?.showModal();
    else {
      const target = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
      if (!target) return;
      event.preventDefault();
      if (typing(target)) target.focus();
      else target.click();
    }
  });
}
