// The desk's one script. Every page works without it; with it, keys work links and buttons, the draft saves itself,
// words can be selected and periods brushed. It makes no markup from evidence and asks only the desk itself.
"use strict";

const find = (selector, root = document) => root.querySelector(selector);
const findAll = (selector, root = document) => [...root.querySelectorAll(selector)];
const csrf = () => document.body.dataset.csrf;

// --- Keys: an element with data-key is used by its key, one with data-focus is gone to. ---

const ROOMS = "1234567";
const waiting = [];
let busy = false;

function nameKey(event) {
  if (event.altKey || event.metaKey) return "";
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key.toLowerCase();
  return event.ctrlKey ? `ctrl+${key}` : key;
}

function isTyping(target) {
  return target instanceof Element && target.closest("input:not([type=file]), textarea, select, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  const key = nameKey(event);
  if (key === "escape" && isTyping(event.target)) { event.target.blur(); return; }
  if (!key || isTyping(event.target) || find("dialog[open]")) return;
  if (key === "enter" && event.target.closest("a, button, summary, svg a")) return;
  waiting.push(key);
  if (use(key)) event.preventDefault();
});

function use(key) {
  if (busy) return true;
  waiting.length = 0;
  const found = findAll("[data-key]").find((one) => one.dataset.key === key && !one.disabled && !one.closest("[hidden]"));
  const field = find(`[data-focus="${CSS.escape(key)}"]`);
  const room = ROOMS.includes(key) && key.length === 1 ? findAll(".tabs a")[ROOMS.indexOf(key)] : null;
  if (found) found.click();
  else if (field) { field.focus(); if (field.select && field.tagName === "INPUT") field.select(); }
  else if (room) room.click();
  return Boolean(found || field || room);
}

// --- Swapping: a link with data-swap changes the queue alone, so that a fast typist's next key is never lost. ---

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-swap]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  waiting.length = 0;
  try {
    const answer = await fetch(link.href, { credentials: "same-origin" });
    if (!answer.ok) { location.href = link.href; return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    find("[data-live]").replaceWith(find("[data-live]", page));
    history.pushState(null, "", link.href);
    find("[data-live] .question")?.setAttribute("aria-live", "polite");
  } finally { busy = false; }
  const keys = waiting.splice(0);
  while (keys.length && !busy) use(keys.shift());
  waiting.push(...keys);
});
addEventListener("popstate", () => location.reload());

// --- Help, undo's way back, autofocus. ---

find("[data-help]")?.addEventListener("click", () => find("#help").showModal());
findAll("[data-back]").forEach((field) => { field.value = location.pathname + location.search; });

// --- A page that says it is not ready comes again by itself. ---

if (find("[data-wait]")) setTimeout(() => location.reload(), 1500);

// --- Findings: a click on marked words chooses the finding, words selected can be given to one or added. ---

const marked = find("[data-findings]");

function count(text) { return [...text].length; }  // code points, as the server counts

function locate(range) {
  const runs = findAll("[data-s]", marked).filter((run) => range.intersectsNode(run));
  if (!runs.length) return null;
  const first = runs[0], last = runs[runs.length - 1];
  return [
    Number(first.dataset.s) + (first.contains(range.startContainer) ? reach(first, range.startContainer, range.startOffset) : 0),
    Number(last.dataset.s) + (last.contains(range.endContainer) ? reach(last, range.endContainer, range.endOffset) : reach(last, last, last.childNodes.length)),
  ];
}

function reach(run, node, offset) {
  const before = document.createRange();
  before.selectNodeContents(run);
  before.setEnd(node, offset);
  return find(".control", run) ? Number(!before.collapsed) : count(before.toString());  // a sign named in letters is one
}

if (marked) {
  marked.addEventListener("click", (event) => {
    const mark = event.target.closest("[data-finding]");
    if (!mark || String(getSelection())) return;
    const address = new URL(location.href);
    address.searchParams.set("finding", mark.dataset.finding);
    address.hash = "aim";
    location.href = address;
  });
  document.addEventListener("selectionchange", () => {
    const chosen = getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed) return;
    const ends = locate(chosen.getRangeAt(0));
    if (!ends || ends[1] <= ends[0]) return;
    const place = ends.join("-");
    findAll("[data-selection]").forEach((form) => { form.hidden = false; form.elements.place.value = place; });
    const adding = find("[data-adding]");
    adding.open = true;
    find("[name=place]", adding).value = place;
  });
}

// --- The draft: saved a moment after the last key, its faults and preview renewed. ---

const draft = find("[data-draft]");
if (draft) {
  const field = find("textarea", draft), saved = find("[data-saved]"), frame = find("[data-preview]");
  let timer = 0, saving = false;
  const save = async () => {
    if (saving) { timer = setTimeout(save, 400); return; }
    saving = true;
    saved.textContent = "Saving…";
    try {
      const answer = await fetch(draft.action, {
        method: "POST", credentials: "same-origin",
        headers: { Accept: "application/json", "X-CSRF": csrf() }, body: new URLSearchParams(new FormData(draft)),
      });
      const told = await answer.json();
      if (!answer.ok) { saved.textContent = `Not saved: ${told.error}; ${told.hint || ""}`; return; }
      draft.elements.version.value = told.version;
      saved.textContent = "Saved.";
      showFaults(told.faults);
      frame.src = "/write/preview";
    } catch { saved.textContent = "Not saved: the desk does not answer. Is it still running?"; }
    finally { saving = false; }
  };
  field.addEventListener("input", () => { clearTimeout(timer); saved.textContent = "Not saved yet."; timer = setTimeout(save, 900); });
  addEventListener("beforeunload", (event) => { if (saved.textContent !== "Saved." && document.activeElement === field) event.preventDefault(); });
  draft.addEventListener("submit", () => { saved.textContent = "Saved."; });
  findAll("[data-insert]").forEach((button) => button.addEventListener("click", () => {
    field.setRangeText(button.dataset.insert, field.selectionStart, field.selectionEnd, "end");
    field.focus();
    field.dispatchEvent(new Event("input"));
  }));
  document.addEventListener("click", (event) => {
    const line = event.target.closest("[data-line]");
    if (!line) return;
    const before = field.value.split("\n").slice(0, Number(line.dataset.line) - 1).join("\n").length;
    field.focus();
    field.setSelectionRange(before ? before + 1 : 0, before ? before + 1 : 0);
  });
}

function showFaults(faults) {
  const box = find("[data-faults]"), list = find("ul", box);
  list.replaceChildren(...faults.map((fault) => {
    const item = document.createElement("li"), words = document.createElement("span");
    if (fault.line) {
      const button = document.createElement("button");
      button.type = "button"; button.className = "link"; button.dataset.line = fault.line; button.textContent = `line ${fault.line}`;
      item.append(button, " ");
    }
    words.textContent = fault.hint ? `${fault.message} (${fault.hint})` : fault.message;
    item.append(words);
    return item;
  }));
  find("p", box).hidden = faults.length > 0;
}

// --- The line: a period drawn across it is the same as one typed below it. ---

const plot = find("[data-brush]");
if (plot) {
  const band = find(".brush", plot), LEFT = 118, RIGHT = 984;
  const at = (event) => {
    const box = plot.getBoundingClientRect();
    return Math.min(RIGHT, Math.max(LEFT, ((event.clientX - box.left) / box.width) * plot.viewBox.baseVal.width));
  };
  const day = (x) => {
    const first = Date.parse(plot.dataset.first), last = Date.parse(plot.dataset.last);
    return new Date(first + ((x - LEFT) / (RIGHT - LEFT)) * (last - first)).toISOString().slice(0, 10);
  };
  let from = null;
  plot.addEventListener("pointerdown", (event) => { if (!event.target.closest("a") && !event.button) { from = at(event); event.preventDefault(); } });
  addEventListener("pointermove", (event) => {
    if (from === null) return;
    const to = at(event);
    band.setAttribute("x", Math.min(from, to));
    band.setAttribute("width", Math.abs(to - from));
  });
  addEventListener("pointerup", (event) => {
    if (from === null) return;
    const to = at(event), ends = [from, to].sort((a, b) => a - b);
    from = null;
    if (ends[1] - ends[0] < 6) return;
    const address = new URL(location.href);
    address.searchParams.set("from", day(ends[0]));
    address.searchParams.set("to", day(ends[1]));
    address.searchParams.delete("item");
    address.searchParams.delete("page");
    address.hash = "passages";
    location.href = address;
  });
}

// --- Pictures: leaving puts every layer back. ---

const lifted = find("[data-lifted]");
if (lifted) {
  const cover = () => { find("img", lifted).hidden = true; };
  document.addEventListener("visibilitychange", () => { if (document.hidden) { cover(); location.replace(lifted.dataset.shield); } });
  addEventListener("pagehide", cover);
}

// --- Files dropped anywhere on the form go into its field. ---

const drop = find("[data-drop]");
if (drop) {
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    find("input[type=file]", drop).files = event.dataTransfer.files;
  });
}
