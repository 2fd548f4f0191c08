// Every page loads this. Each module improves something that already works without it, and does nothing where its mark is
// absent. No module knows a page by name.
import { startBusy } from "./busy.js";
import { startCharts } from "./chart.js";
import { startCountdowns } from "./countdown.js";
import { startDays } from "./days.js";
import { startDrafts } from "./draft.js";
import { startFields } from "./fields.js";
import { startFragments } from "./fragment.js";
import { startKeys } from "./keys.js";
import { startLive } from "./live.js";
import { startMenus } from "./menus.js";
import { startPolling } from "./poll.js";
import { startRoster } from "./roster.js";
import { startSelection } from "./selection.js";

startBusy();
startCharts();
startCountdowns();
startDays();
startDrafts();
startFields();
startFragments();
startKeys();
startLive();
startMenus();
startPolling();
startRoster();
startSelection();
