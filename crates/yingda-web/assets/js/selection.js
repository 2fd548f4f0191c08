// Ticked rows: how many, and all at once.
import { say } from "./words.js";

export function startSelection() {
  for (const form of document.querySelectorAll("form[data-bulk]")) {
    const boxes = () => [...document.querySelectorAll(`input[type="checkbox"][form="${CSS.escape(form.id)}"]`)];
    const count = form.querySelector("[data-count]");
    const all = form.querySelector("[data-all]");
    const settle = () => {
      const picked = boxes().filter((box) => box.checked).length;
      if (count) count.textContent = picked > 0 ? say("selected", { n: picked }) : count.dataset.count;
      if (all) {
        all.checked = picked > 0 && picked === boxes().length;
        all.indeterminate = picked > 0 && picked < boxes().length;
      }
      for (const button of form.querySelectorAll("button[type=submit]")) button.disabled = picked === 0;
    };
    document.addEventListener("change", (event) => {
      if (event.target === all) for (const box of boxes()) box.checked = all.checked;
      settle();
    });
    all?.closest("[hidden]")?.removeAttribute("hidden");
    settle();
  }
}
