// A chart wider than its place begins with the step that the ticket waits at in sight, not with its left edge.
export function startCharts() {
  for (const chart of document.querySelectorAll("[data-chart]")) {
    const live = chart.querySelector(".live");
    if (!live || chart.scrollWidth <= chart.clientWidth) continue;
    const at = live.getBoundingClientRect();
    const frame = chart.getBoundingClientRect();
    chart.scrollLeft += at.left + at.width / 2 - (frame.left + frame.width / 2);
  }
}
