// Fields that matter only with a certain value of another stay away until then; faults get the focus; Ctrl+Enter sends.
function valueOf(form, name) {
  const control = form.elements.namedItem(name);
  if (control === null) return null;
  return control.value ?? "";
}

function settle(form) {
  for (const field of form.querySelectorAll("[data-depends]")) {
    const value = valueOf(form, field.dataset.depends);
    // Without the other field on this page nothing can be said, so it stays.
    const shown = value === null || field.dataset.values.split("|").includes(value);
    field.hidden = !shown;
    for (const control of field.querySelectorAll("input, select, textarea")) control.disabled = !shown;
    field.querySelector(".depends")?.toggleAttribute("hidden", shown);
  }
  for (const field of form.querySelectorAll("[data-needed]")) {
    const value = valueOf(form, field.dataset.needed);
    const needed = value !== null && field.dataset.neededValues.split("|").includes(value);
    for (const control of field.querySelectorAll("input:not([type=hidden]), select, textarea")) control.required = needed;
    field.querySelector("[data-needed-mark]")?.toggleAttribute("hidden", !needed);
    field.querySelector(".needed")?.toggleAttribute("hidden", needed);
  }
}

export function startFields() {
  for (const form of document.querySelectorAll("form")) {
    if (form.querySelector("[data-depends], [data-needed]")) {
      settle(form);
      form.addEventListener("change", () => settle(form));
    }
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target instanceof HTMLTextAreaElement) {
        event.preventDefault();
        form.requestSubmit();
      }
    });
    // A second click must not send twice; the server's idempotency key stands behind this. `data-again`: it only downloads.
    form.addEventListener("submit", (event) => {
      if (form.method === "dialog" || event.defaultPrevented) return;
      if (form.dataset.sent) event.preventDefault();
      else if (form.method === "post" && form.dataset.again === undefined) form.dataset.sent = "1";
    });
  }
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
  const faults = document.querySelector(".fault-summary");
  if (faults) faults.focus();
  // After a call is taken in, the next step's form is where the clerk goes on.
  else if (location.hash.startsWith("#step-")) {
    const section = document.getElementById(location.hash.slice(1))?.closest("section");
    section?.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }
}
