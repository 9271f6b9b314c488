// Tells how long each link still works, in the reader's own time, and takes dead ones out of use.
"use strict";
const cards = [...document.querySelectorAll("[data-until]")].map((card) => ({
  until: Date.parse(card.dataset.until),
  time: card.querySelector("time"),
  left: card.querySelector(".left"),
  button: card.querySelector(".button"),
}));
const units = [[86400, "day", "days"], [3600, "h", "h"], [60, "min", "min"], [1, "s", "s"]];

function inWords(seconds) {
  const first = units.findIndex(([size]) => seconds >= size);
  const words = [];
  for (const [size, one, many] of units.slice(first, first + 2)) {
    const count = Math.floor(seconds / size);
    seconds -= count * size;
    if (count) words.push(count + " " + (count === 1 ? one : many));
  }
  return words.join(" ");
}

function tick() {
  for (const { until, left, button } of cards) {
    const seconds = Math.floor((until - Date.now()) / 1000);
    if (seconds > 0) {
      left.textContent = "(" + inWords(seconds) + " left)";
    } else if (button.getAttribute("aria-disabled") !== "true") {
      left.textContent = "Expired: ask for a new link.";
      left.classList.add("bad");
      button.removeAttribute("href");
      button.setAttribute("aria-disabled", "true");
    }
  }
}

for (const { until, time } of cards) {
  time.textContent = new Date(until).toLocaleString([], { dateStyle: "full", timeStyle: "long" });
}
tick();
setInterval(tick, 1000);
