// A button with `data-busy` says those words while what it sends is being worked on.
export function startBusy() {
  document.addEventListener("submit", (event) => {
    const button = event.submitter ?? event.target.querySelector("button[data-busy]");
    if (event.defaultPrevented || !button?.dataset.busy) return;
    button.dataset.idle = button.textContent;
    button.textContent = button.dataset.busy;
    button.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", () => {
    for (const button of document.querySelectorAll("button[data-idle]")) {
      button.textContent = button.dataset.idle;
      button.removeAttribute("aria-busy");
      delete button.dataset.idle;
    }
  });
}
