// The index: tables that sort, and the search. Data are scripts that call `factline.…`; see src/report/search.rs.
"use strict";
const factline = {};
(() => {
  const isOfWords = /\p{N}+(?:[.,:/-]\p{N}+)*|\p{L}+/gu;
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  // As src/report/words.rs cuts and folds what is searched.
  const words = (text) => (fold(text).match(isOfWords) || []).map((word) => word.replaceAll(",", ""));
  factline.wordsOf = words;

  // Sorting.
  const number = (cell) => +cell.textContent.replaceAll(",", "");
  function sort(table, column, button) {
    const head = button.parentElement;
    const isUp = column === 0 ? head.ariaSort !== "ascending" : head.ariaSort === "descending";
    for (const other of table.querySelectorAll("thead th")) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
    const order = new Intl.Collator("en", { numeric: true });
    const compare = (one, other) => column === 0
      ? order.compare(one.cells[0].textContent, other.cells[0].textContent)
      : number(one.cells[column]) - number(other.cells[column]);
    const rows = [...table.tBodies[0].rows].sort((one, other) => (isUp ? 1 : -1) * compare(one, other));
    table.tBodies[0].append(...rows);
  }
  for (const table of document.querySelectorAll("table.documents")) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, column, button));
      head.append(button);
    });
  }

  const input = document.getElementById("query");
  if (!input) return;
  const found = document.getElementById("found");
  const results = document.getElementById("results");
  const SHOWN = 50;
  const FEW = 10;
  const SHARDS = 8;
  let manifest = null;
  const shards = { documents: new Map(), words: new Map() };
  const waiting = new Map();
  const cut = new Set();

  const arrived = (name) => { if (waiting.has(name)) waiting.get(name)(); };
  factline.manifest = (told) => {
    manifest = told;
    document.querySelector(".search").hidden = false;
  };
  factline.documents = (shard, rows) => {
    for (const row of rows) row.folded = fold(row[0] + " " + row[1]);
    shards.documents.set(shard, rows);
    arrived("documents-" + shard);
  };
  factline.words = (shard, values, cutWords) => {
    for (const value of values) value.words = words(value[1]).concat(value[2].split(" "));
    cutWords.forEach((word) => cut.add(word));
    shards.words.set(shard, values);
    arrived("words-" + shard);
  };

  const loading = new Map();
  function load(kind, shard) {
    const name = kind + "-" + shard;
    if (!loading.has(name)) {
      loading.set(name, new Promise((done, fail) => {
        waiting.set(name, done);
        const script = document.createElement("script");
        script.src = "data/" + name + ".js";
        script.onerror = () => fail(new Error("cannot load " + script.src));
        document.head.append(script);
      }));
    }
    return loading.get(name).then(() => shards[kind].get(shard));
  }

  // The shards whose words may start so.
  function shardsOf(word) {
    const firsts = manifest.words;
    let from = firsts.findIndex((first) => first > word);
    from = Math.max(0, (from < 0 ? firsts.length : from) - 1);
    let to = from + 1;
    while (to < firsts.length && firsts[to].startsWith(word)) to += 1;
    return Array.from({ length: Math.min(to, firsts.length) - from }, (_, at) => from + at);
  }

  async function findValues(query) {
    const wanted = new Set();
    let isCut = false;
    // Words that lie in few shards decide; the others are looked for in what these hold.
    const lists = query.map(shardsOf).sort((one, other) => one.length - other.length);
    for (const list of lists) {
      if (wanted.size && wanted.size + list.length > SHARDS) continue;
      isCut ||= list.length > SHARDS;
      list.slice(0, SHARDS).forEach((shard) => wanted.add(shard));
    }
    const loaded = await Promise.all([...wanted].sort((one, other) => one - other).map((shard) => load("words", shard)));
    const seen = new Map();
    for (const value of loaded.flat()) {
      const hits = query.map((word) => value.words.find((own) => own === word) ? 2 : value.words.some((own) => own.startsWith(word)) ? 1 : 0);
      if (hits.includes(0)) continue;
      const rank = hits.reduce((one, other) => one + other, 0);
      seen.set(value[0] + " " + value[1], { value, rank });
    }
    const values = [...seen.values()].sort((one, other) => other.rank - one.rank || other.value[3] - one.value[3]);
    return { values: values.map((hit) => hit.value), isCut: isCut || query.some((word) => cut.has(word)) };
  }

  async function findDocuments(text, isCurrent) {
    const matching = [];
    const count = Math.ceil(manifest.documents / manifest.shard);
    for (let shard = 0; shard < count && isCurrent(); shard += 1)
      for (const row of await load("documents", shard)) if (row.folded.includes(text)) matching.push(row);
    return matching;
  }

  const element = (name, content, className) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...[content].flat());
    return made;
  };
  const link = (address, name) => {
    const made = element("a", element("bdi", name));
    made.href = address;
    return made;
  };
  const many = (count, one) => count.toLocaleString("en") + " " + one + (count === 1 ? "" : "s");

  async function valueItem(value) {
    const [kind, name] = manifest.kinds[value[0]];
    const places = [];
    for (let at = 0; at < value[5].length; at += 2) {
      const [document, line] = [value[5][at], value[5][at + 1]];
      const row = (await load("documents", Math.floor(document / manifest.shard)))[document % manifest.shard];
      places.push(link(row[2] + "#L" + line, row[0] + ":" + line));
    }
    const mark = element("span", element("bdi", value[1]), "mark " + kind);
    mark.title = name;
    const where = element("span", [many(value[3], "fact") + " in " + many(value[4], "document") + ": ", ...places.slice(0, FEW)], "where");
    const left = value[4] - FEW;
    if (left > 0) {
      const told = value[4] > places.length ? [" and " + many(value[4] - places.length, "document") + " that are not listed here"] : [];
      where.append(element("details", [element("summary", many(left, "more document")), ...places.slice(FEW), ...told]));
    }
    return element("li", [mark, where]);
  }

  function documentItem(row) {
    const facts = row[3].slice(0, 5).reduce((one, other) => one + other, 0);
    const told = [many(facts, "fact"), row[3][5].toLocaleString("en") + " flagged", many(row[3][6], "number") + " in no fact"];
    return element("li", [link(row[2], row[0]), element("span", [element("bdi", row[1]), row[1] ? " · " : "", told.join(", ")], "where")]);
  }

  let turn = 0;
  async function search() {
    const mine = ++turn;
    const isCurrent = () => mine === turn;
    const text = fold(input.value.trim());
    const query = [...new Set(words(input.value))];
    if (!text) {
      found.textContent = "";
      results.replaceChildren();
      return;
    }
    found.textContent = "Searching …";
    try {
      const { values, isCut } = query.length ? await findValues(query) : { values: [], isCut: false };
      const matching = await findDocuments(text, isCurrent);
      if (!isCurrent()) return;
      const lists = [];
      if (values.length) {
        const items = await Promise.all(values.slice(0, SHOWN).map(valueItem));
        lists.push(element("h2", "Values"), element("ul", items));
      }
      if (matching.length) lists.push(element("h2", "Documents"), element("ul", matching.slice(0, SHOWN).map(documentItem)));
      if (!isCurrent()) return;
      const more = isCut ? " More values have such words than are looked through: add a word, or letters." : "";
      const first = values.length > SHOWN || matching.length > SHOWN ? ", the first " + SHOWN + " of each are shown" : "";
      found.textContent = many(values.length, "value") + ", " + many(matching.length, "document") + first + "." + more;
      results.replaceChildren(...lists);
    } catch (error) {
      if (isCurrent()) found.textContent = "The search does not work here: " + error.message;
    }
  }
  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 150);
  });
})();
