// A page of a document: the card of a mark, keys, hidden kinds, and the way to lines on other pages.
"use strict";
(() => {
  const card = document.getElementById("card");
  const text = document.getElementById("text");
  const heads = [...document.querySelectorAll(".details thead th")].map((head) => head.textContent);
  let shown = null;
  let closing = 0;

  const copy = (cell, into) => cell.childNodes.forEach((node) => into.append(node.cloneNode(true)));

  // What a card says stands in the table of the page, a row for each mark.
  function entry(number) {
    const row = document.getElementById("f" + number);
    const list = document.createElement("dl");
    if (!row) return list;
    const cells = [...row.cells];
    const head = document.createElement("dt");
    head.className = "head";
    head.append(cells[1].textContent, cells[3].textContent ? ": " : "");
    copy(cells[3], head);
    list.append(head);
    for (const at of [4, 5, 6, 7, 8]) {
      if (!cells[at].textContent.trim()) continue;
      const name = document.createElement("dt");
      const value = document.createElement("dd");
      name.textContent = heads[at];
      copy(cells[at], value);
      list.append(name, value);
    }
    return list;
  }

  const numbers = (mark) => mark.dataset.m.split(" ");

  function light(mark, on) {
    for (const number of numbers(mark))
      for (const part of text.querySelectorAll(`[data-m~="${number}"]`)) part.classList.toggle("lit", on);
  }

  function close() {
    clearTimeout(closing);
    if (!shown) return;
    light(shown, false);
    shown = null;
    card.hidden = true;
    card.replaceChildren();
  }

  // The pointer may go over to the card, to select what it says.
  function closeSoon() {
    clearTimeout(closing);
    closing = setTimeout(() => {
      close();
      if (focused()) open(focused());
    }, 200);
  }

  function open(mark) {
    clearTimeout(closing);
    if (shown === mark) return;
    close();
    shown = mark;
    light(mark, true);
    card.replaceChildren(...numbers(mark).reverse().map(entry));
    card.hidden = false;
    const first = mark.getClientRects()[0] || mark.getBoundingClientRect();
    const left = Math.max(16, Math.min(first.left, document.documentElement.clientWidth - card.offsetWidth - 16));
    const fitsBelow = first.bottom + card.offsetHeight + 12 < window.innerHeight;
    const top = fitsBelow || first.top < card.offsetHeight + 12 ? first.bottom + 6 : first.top - card.offsetHeight - 6;
    card.style.left = left + window.scrollX + "px";
    card.style.top = top + window.scrollY + "px";
  }

  const markOf = (event) => (event.target.closest ? event.target.closest("#text .mark") : null);
  const focused = () => document.activeElement.closest("#text a.mark");
  text.addEventListener("pointerover", (event) => {
    const mark = markOf(event);
    if (mark && event.pointerType !== "touch") open(mark);
  });
  text.addEventListener("pointerout", (event) => { if (event.pointerType !== "touch" && markOf(event)) closeSoon(); });
  card.addEventListener("pointerenter", () => clearTimeout(closing));
  card.addEventListener("pointerleave", closeSoon);
  text.addEventListener("focusin", (event) => { if (markOf(event)) open(markOf(event)); });
  text.addEventListener("focusout", close);
  // With scripts a mark shows its card; the row that it links to is for readers without.
  document.addEventListener("click", (event) => {
    const mark = markOf(event);
    if (!mark) return card.contains(event.target) ? undefined : close();
    event.preventDefault();
    open(mark);
  });

  const isHidden = (mark) => [...document.body.classList].some((name) => mark.classList.contains(name.replace("hide-", "")));

  // The next or the previous mark in the text, from the focus, else from what is on the screen.
  function move(step, wanted) {
    const marks = [...text.querySelectorAll("a.mark")].filter((mark) => mark.matches(wanted) && !isHidden(mark));
    if (!marks.length) return;
    const from = focused();
    let next;
    if (from) {
      const behind = (mark) => from.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING;
      const before = (mark) => from.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_PRECEDING;
      next = step > 0 ? marks.find(behind) : marks.findLast(before);
    } else {
      next = step > 0 ? marks.find((mark) => mark.getBoundingClientRect().top >= 0)
        : marks.findLast((mark) => mark.getBoundingClientRect().bottom <= window.innerHeight);
    }
    next = next || (step > 0 ? marks[0] : marks.at(-1));
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center", behavior: "auto" });
    shown = null;
    open(next);
  }

  const keys = {
    n: () => move(1, ":not(.unclaimed)"),
    p: () => move(-1, ":not(.unclaimed)"),
    f: () => move(1, ".flagged"),
    u: () => move(1, ".unclaimed"),
    Escape: () => close(),
  };
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.matches("input:not([type=checkbox]), textarea, select");
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.querySelector(".keys").hidden = false;

  for (const box of document.querySelectorAll(".legend input")) {
    const apply = () => document.body.classList.toggle("hide-" + box.value, !box.checked);
    box.addEventListener("change", apply);
    apply();
  }

  // A link to a line of a long document leads to its first page: go on to the one that has the line.
  function route() {
    const line = /^#L(\d+)$/.exec(location.hash);
    if (!line || document.getElementById("L" + line[1]) || !document.body.dataset.parts) return;
    for (const part of document.body.dataset.parts.split(" ")) {
      const [, file, first, last] = /^(.*):(\d+)-(\d+)$/.exec(part);
      if (+first <= +line[1] && +line[1] <= +last) return location.replace(file + location.hash);
    }
  }
  window.addEventListener("hashchange", route);
  route();
})();
