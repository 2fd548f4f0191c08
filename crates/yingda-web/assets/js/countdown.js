// Limits go on counting: every `<time data-due>` says what is left, by the server's clock. Same rule as `kit::time::left_text`.
import { say } from "./words.js";

const MINUTE = 60_000;
const served = Number(document.documentElement.dataset.now);
// What has to be added to the browser's clock for the server's.
let offset = served > 0 ? served - Date.now() : 0;

export function leftText(ms) {
  const minutes = Math.floor(Math.abs(ms) / MINUTE);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor(minutes / 60) % 24;
  const rest = minutes % 60;
  const side = ms < 0 ? "over" : "left";
  if (days === 0 && hours === 0 && rest === 0) return say(`${side}Now`);
  if (days === 0 && hours === 0) return say(`${side}Minutes`, { n: rest });
  if (days === 0 && rest === 0) return say(`${side}Hours`, { n: hours });
  if (days === 0) return say(`${side}HoursMinutes`, { n: hours, m: rest });
  if (hours === 0) return say(`${side}Days`, { n: days });
  return say(`${side}DaysHours`, { n: days, m: hours });
}

function tick() {
  const now = Date.now() + offset;
  for (const time of document.querySelectorAll("time[data-due]")) {
    const left = Date.parse(time.dataset.due) - now;
    if (Number.isNaN(left)) continue;
    const text = leftText(left);
    if (time.textContent !== text) time.textContent = text;
    const state = left < 0 ? "over" : left <= Number(time.dataset.warn ?? 0) ? "soon" : "calm";
    const holder = time.closest(".due");
    if (holder) {
      holder.classList.remove("due-over", "due-soon", "due-calm");
      holder.classList.add(`due-${state}`);
    }
  }
}

// The offset from an answer of the server: it was made about halfway between asking and hearing.
export const offsetOf = (server, asked, heard) => server + (heard - asked) / 2 - heard;

// Two clocks that both count milliseconds part where the machine slept, or where somebody set the browser's clock.
export const hasJumped = (wall, steady) => Math.abs(wall - steady) > 2_000;

let lastWall = Date.now();
let lastSteady = performance.now();

async function resync() {
  const asked = Date.now();
  const response = await fetch("/fragments/now", { cache: "no-store" });
  const server = Number(await response.text());
  if (response.ok && server > 0) offset = offsetOf(server, asked, Date.now());
  lastWall = Date.now();
  lastSteady = performance.now();
  tick();
}

function pulse() {
  const [wall, steady] = [Date.now(), performance.now()];
  const jumped = hasJumped(wall - lastWall, steady - lastSteady);
  [lastWall, lastSteady] = [wall, steady];
  tick();
  if (jumped) resync().catch(() => {});
}

export function startCountdowns() {
  // A page without the server's time (an error page) keeps the server's words.
  if (served > 0) {
    tick();
    setInterval(pulse, 15_000);
    // A page that is looked at again, or comes back from where the browser kept it, may have slept: it asks the server.
    const again = () => {
      tick();
      if (document.querySelector("time[data-due]")) resync().catch(() => {});
    };
    document.addEventListener("visibilitychange", () => document.hidden || again());
    window.addEventListener("pageshow", (event) => event.persisted && again());
    window.addEventListener("online", again);
  }
}
