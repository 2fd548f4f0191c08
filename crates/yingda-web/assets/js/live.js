// Somebody else changed what is on this page. The server's event stream says which thing and which version, never the content;
// the page asks again with its own rights. Parts marked `data-live="topic"` with an id are replaced; where the reader is
// typing, a bar offers the new page instead and touches nothing.
import { say } from "./words.js";

function offerReload() {
  if (document.getElementById("page-changed")) return;
  const bar = document.createElement("div");
  bar.id = "page-changed";
  bar.className = "flash flash-notice";
  bar.setAttribute("role", "status");
  const text = document.createElement("p");
  text.textContent = say("pageChanged");
  const link = document.createElement("a");
  link.className = "button small";
  link.href = location.href;
  link.textContent = say("pageReload");
  bar.append(text, link);
  document.getElementById("main")?.prepend(bar);
}

async function refresh(parts) {
  const response = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!response.ok || response.redirected) return offerReload();
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of parts) {
    const next = fresh.getElementById(part.id);
    if (next) part.replaceWith(document.importNode(next, true));
  }
}

// Whether the reader is writing in it, so that nothing may be taken from under their hands.
const busy = (part) => !part.id || part.contains(document.activeElement) || part.querySelector("form[data-draft]") !== null;

// What changed while nobody looked: told by the versions, where a part has one, and by what it shows.
async function lookAgain() {
  const response = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!response.ok || response.redirected) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live]")) {
    const next = part.id ? fresh.getElementById(part.id) : null;
    if (next === null || next.dataset.version !== part.dataset.version) {
      if (next !== null && !busy(part)) part.replaceWith(document.importNode(next, true));
      else if (next !== null) offerReload();
    } else if (part.dataset.version === undefined && !busy(part) && next.textContent !== part.textContent) {
      part.replaceWith(document.importNode(next, true));
    }
  }
}

// Which parts a change concerns: `ticket:<id>`, `sheet:<id>`, and the lists `tickets`, `sheets`, `answers`.
const concerned = (topic, id) => [`${topic}:${id}`, `${topic}s`];

export function startLive() {
  if (!document.querySelector("[data-live]") || !("EventSource" in window)) return;
  let stream = null;
  let timer = 0;
  const waiting = new Set();

  function gather(wanted, version) {
    for (const part of document.querySelectorAll("[data-live]")) {
      if (!part.dataset.live.split(" ").some((topic) => wanted === null || wanted.includes(topic))) continue;
      if (version !== undefined && part.dataset.version !== undefined && Number(part.dataset.version) >= version) continue;
      waiting.add(part);
    }
    clearTimeout(timer);
    timer = setTimeout(() => {
      const parts = [...waiting].filter((part) => part.isConnected);
      waiting.clear();
      if (parts.length === 0) return;
      if (parts.some(busy)) offerReload();
      else refresh(parts).catch(offerReload);
    }, 400);
  }

  function listen() {
    stream = new EventSource("/live");
    for (const topic of ["ticket", "sheet", "answer", "notice"]) {
      stream.addEventListener(topic, (event) => {
        try {
          const change = JSON.parse(event.data);
          gather(concerned(topic, change.id), Number(change.version));
        } catch {
          // A line that cannot be read concerns nobody.
        }
      });
    }
    // The stream could not keep up: whatever is on the page may have changed.
    stream.addEventListener("lost", () => gather(null));
  }

  // Browsers hold few connections to one server, and every page has a bell: a page that nobody looks at keeps none, and looks
  // for news when it is looked at again.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) {
      stream?.close();
      stream = null;
    } else if (stream === null) {
      listen();
      lookAgain().catch(() => {});
    }
  });
  if (!document.hidden) listen();
}
