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

export function startLive() {
  const source = document.querySelector("[data-live-source]")?.dataset.liveSource;
  if (!source || !("EventSource" in window)) return;
  const stream = new EventSource(source);
  let timer = 0;
  const waiting = new Set();
  stream.addEventListener("change", (event) => {
    let change;
    try {
      change = JSON.parse(event.data);
    } catch {
      return;
    }
    for (const part of document.querySelectorAll("[data-live]")) {
      if (!part.dataset.live.split(" ").includes(change.topic)) continue;
      if (part.dataset.version !== undefined && Number(part.dataset.version) >= Number(change.version)) continue;
      waiting.add(part);
    }
    clearTimeout(timer);
    timer = setTimeout(() => {
      const parts = [...waiting].filter((part) => part.isConnected);
      waiting.clear();
      if (parts.length === 0) return;
      const busy = parts.some((part) => !part.id || part.contains(document.activeElement) || part.querySelector("form[data-draft]"));
      if (busy) offerReload();
      else refresh(parts).catch(offerReload);
    }, 400);
  });
}
