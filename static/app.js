// Keys and small manners of the page. Everything works without this file.
"use strict";

const typing = (event) => event.target.closest("input, textarea, select, [contenteditable]") !== null;

// "/" search, "n" new draft, "j" "k" rows, "Enter" opens, "e" done, "?" the list of keys.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
  if (event.key === "j" || event.key === "k") return moveRow(event, event.key === "j" ? 1 : -1);
  const row = document.querySelector("[data-row].at");
  const target = (row && row.querySelector(`[data-key="${CSS.escape(event.key)}"]`)) ||
    document.querySelector(`:not([data-row] *)[data-key="${CSS.escape(event.key)}"]`);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input, textarea, select")) target.focus();
  else if (target.matches("dialog")) target.showModal();
  else target.click();
});

function moveRow(event, step) {
  const rows = [...document.querySelectorAll("[data-row]")];
  if (!rows.length) return;
  const at = rows.findIndex((row) => row.classList.contains("at"));
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  rows.forEach((row) => row.classList.toggle("at", row === next));
  const link = next.querySelector("a, button");
  if (link) link.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  event.preventDefault();
}

// A form is sent once: the second click of a double click finds the button resting.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented) return;
  const form = event.target;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  window.setTimeout(() => delete form.dataset.sent, 4000);
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

// Leaving a form with unsaved words asks first. Forms that save by themselves carry data-autosave.
let dirty = false;
document.addEventListener("input", (event) => {
  const form = event.target.closest("form[method=post]:not([data-autosave])");
  if (form) dirty = true;
});
document.addEventListener("submit", () => { dirty = false; });
window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });

// A button with data-confirm asks in a dialog of the page's own words.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-confirm]");
  if (button && !window.confirm(button.dataset.confirm)) event.preventDefault();
});

// A field to copy from is marked whole at the first touch.
document.addEventListener("focusin", (event) => {
  if (event.target.matches("input[data-copy]")) event.target.select();
});

// A button that copies a field's words, where the browser lets a page do so; it says when it has.
if (navigator.clipboard) document.querySelectorAll("[data-copies]").forEach((button) => { button.hidden = false; });
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
  button.textContent = button.dataset.done;
});

// On a narrow screen the menu runs off to the right: the page one is on is always in sight.
const current = document.querySelector(".rail nav [aria-current]");
if (current) current.closest("ul").scrollLeft = current.offsetLeft - 48;

// Dialogs: data-open names one, data-close shuts the one around it.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) document.getElementById(opener.dataset.open).showModal();
  const closer = event.target.closest("[data-close]");
  if (closer) closer.closest("dialog").close();
});

// Pieces are dragged to a place, where a button takes them: to drop is to choose them and press it.
let dragged = null;
const armed = (event) => event.target.closest && event.target.closest("[data-places] .piece");
document.addEventListener("pointerdown", (event) => {
  const piece = armed(event);
  if (piece && piece.querySelector("input[name=piece]")) piece.draggable = !event.target.closest("input, a, button");
});
document.addEventListener("dragstart", (event) => {
  dragged = armed(event);
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.innerText);
  dragged.querySelector("input[name=piece]").checked = true;
  dragged.closest("form").querySelectorAll(".piece:has(input:checked)").forEach((piece) => piece.classList.add("dragged"));
});
document.addEventListener("dragover", (event) => {
  if (!dragged) return;
  const place = event.target.closest("[data-drop]");
  document.querySelectorAll("[data-drop].over").forEach((other) => other.classList.toggle("over", other === place));
  const folded = event.target.closest("[data-places] details:not([open]) > summary");
  if (folded) folded.parentNode.open = true;
  if (!place) return;
  place.classList.add("over");
  event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const place = dragged && event.target.closest("[data-drop]");
  if (!place) return;
  event.preventDefault();
  place.click();
});
document.addEventListener("dragend", () => {
  document.querySelectorAll(".piece.dragged, [data-drop].over").forEach((each) => each.classList.remove("dragged", "over"));
  dragged = null;
});

// An htmx answer that says 4xx still carries the form with its errors: show it. A lost network says so.
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([400, 409, 422].includes(event.detail.xhr.status)) { event.detail.shouldSwap = true; event.detail.isError = false; }
});
for (const name of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(name, () => {
    const toasts = document.querySelector(".toasts");
    const words = document.body.dataset.lost;
    if (!toasts || !words || toasts.querySelector(".lost")) return;
    const toast = document.createElement("p");
    toast.className = "toast error lost";
    toast.textContent = words;
    toasts.append(toast);
  });
}
