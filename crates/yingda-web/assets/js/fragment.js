// A control with `data-fragment="/address" data-into="id"` asks for that part of the page while it is typed into, and puts the
// answer in place: the caller's card, the standard answers. The address gets what was typed under `data-param`.
import { say } from "./words.js";

// What was picked in a panel stays picked, also where the new list no longer has it.
function replace(target, html) {
  const picked = target.querySelector("li:has(input:checked)");
  const choice = picked?.querySelector("input:checked");
  target.innerHTML = html;
  if (!picked) return;
  const same = [...target.querySelectorAll(`input[name="${CSS.escape(choice.name)}"]`)].find((input) => input.value === choice.value);
  if (same) same.checked = true;
  else (target.querySelector("ul") ?? target).prepend(picked);
}

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
      replace(target, await response.text());
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

function put(control, text) {
  control.value = text;
  control.dispatchEvent(new Event("input", { bubbles: true }));
  control.dispatchEvent(new Event("change", { bubbles: true }));
}

// A button inside a fragment may put its text into a control: `data-fill="control id" data-text="…"`; or several texts into
// several controls: `data-put='{"control id":"…"}'`. Without scripts the same buttons and links ask the server.
function startFilling() {
  document.addEventListener("click", (event) => {
    const several = event.target.closest?.("[data-put]");
    if (several) {
      event.preventDefault();
      for (const [id, text] of Object.entries(JSON.parse(several.dataset.put))) {
        const control = document.getElementById(id);
        if (control) put(control, text);
      }
      return;
    }
    const button = event.target.closest?.("[data-fill]");
    if (!button) return;
    const pairs = button.dataset.fill.split(" ");
    for (const id of pairs) {
      const control = document.getElementById(id);
      if (!control) continue;
      event.preventDefault();
      put(control, button.dataset.text ?? "");
      // The form says which standard answer it gives, so that its uses are counted.
      const given = control.form?.elements.namedItem("answer");
      if (given && button.dataset.answer) given.value = button.dataset.answer;
      control.focus();
    }
  });
}

export function startFragments() {
  for (const control of document.querySelectorAll("[data-fragment]")) watch(control);
  startFilling();
}
