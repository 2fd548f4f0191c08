// A control with `data-fragment="/address" data-into="id"` asks for that part of the page while it is typed into, and puts the
// answer in place: the caller's card, the standard answers. The address gets what was typed under `data-param`.
import { say } from "./words.js";

function watch(control) {
  const target = document.getElementById(control.dataset.into);
  if (!target) return;
  const least = Number(control.dataset.least ?? 1);
  let timer = 0;
  let running = null;
  let last = control.value.trim();

  async function ask() {
    const typed = control.value.trim();
    if (typed === last || (typed !== "" && typed.length < least)) return;
    last = typed;
    running?.abort();
    running = new AbortController();
    const address = new URL(control.dataset.fragment, location.href);
    address.searchParams.set(control.dataset.param ?? control.name, typed);
    target.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(address, { headers: { accept: "text/html", "x-fragment": "1" }, signal: running.signal });
      if (!response.ok) throw new Error(String(response.status));
      target.innerHTML = await response.text();
    } catch (error) {
      if (error.name === "AbortError") return;
      last = null;
      target.textContent = say("fragmentFailed");
    }
    target.removeAttribute("aria-busy");
  }

  control.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 250);
  });
}

// A button inside a fragment may put its text into a control: `data-fill="control id" data-text="…"`.
function startFilling() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-fill]");
    if (!button) return;
    const pairs = button.dataset.fill.split(" ");
    for (const id of pairs) {
      const control = document.getElementById(id);
      if (!control) continue;
      event.preventDefault();
      control.value = button.dataset.text ?? "";
      control.dispatchEvent(new Event("input", { bubbles: true }));
      control.focus();
    }
  });
}

export function startFragments() {
  for (const control of document.querySelectorAll("[data-fragment]")) watch(control);
  startFilling();
}
