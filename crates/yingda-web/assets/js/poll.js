// Parts that say how far something is: `data-poll="seconds"` on an element with an id is fetched again until it comes back
// without the mark. Nothing is asked while nobody looks.
async function fetchAgain(part) {
  const response = await fetch(location.href.split("#")[0], { headers: { accept: "text/html" } });
  if (!response.ok || response.redirected) return null;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById(part.id);
  if (fresh === null || !part.isConnected) return null;
  const next = document.importNode(fresh, true);
  part.replaceWith(next);
  return next;
}

function watch(part) {
  const seconds = Number(part.dataset.poll);
  if (!(seconds > 0) || !part.id) return;
  setTimeout(async () => {
    if (document.hidden) return watch(part);
    // A server that does not answer now may answer the next time.
    const next = await fetchAgain(part).catch(() => part);
    if (next !== null) watch(next);
  }, seconds * 1000);
}

export function startPolling() {
  for (const part of document.querySelectorAll("[data-poll]")) watch(part);
}
