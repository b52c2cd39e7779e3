// Filters: what is shown -------------------------------------------------------------------------------------

const filters = byId("filters");
const search = byId("search");
const sets = all("fieldset", filters);
const boxesOf = (set) => all("input:checked", set);

// The ticked options by what they hide. Something has to match one of them in every filter that has any.
const chosenOptions = () => {
  const chosen = { row: [], column: [], detail: [] };
  for (const set of sets) {
    const options = new Set(boxesOf(set).map((box) => box.value));
    if (options.size) chosen[set.dataset.of].push([set.dataset.facet, options]);
  }
  return chosen;
};
const passes = ({ facets = [] }, chosen) => chosen.every(([facet, options]) =>
  facets.some(([key, option]) => key === facet && options.has(option)));

const showDetails = (chosen, words) => {
  for (const cell of cells) {
    const names = [cell.row.label, cell.column.label];
    cell.hits = 0;
    for (const detail of cell.details) {
      detail.shown = passes(detail, chosen) && has(detail, names, words);
      cell.hits += detail.shown ? 1 : 0;
    }
  }
  for (const line of lines) {
    for (const remark of line.remarks) remark.shown = has(remark, [line.label], words);
    line.hits = shownOf(line.remarks).length;
  }
};

const showLines = (chosen, searching) => {
  for (const line of lines) line.shown = passes(line, chosen[line.kind]);
  if (!searching) return;
  const found = new Set(cells.filter((cell) => cell.hits && isShown(cell)).map(holderOf));
  for (const line of lines) line.shown &&= line.kind !== holders || line.hits > 0 || found.has(line);
};

// Elements are touched only where something changes: that is what takes a browser its time.
const hide = (element, hidden) => {
  if (element.hidden !== hidden) element.hidden = hidden;
};

const drawLines = () => {
  for (const line of lines) hide(line.element, !line.shown);
  for (const row of rows) for (const cell of row.cells) hide(cell.place, !cell.column.shown);
  const width = columns.filter((column) => column.shown).length + 1;
  for (const body of map.tBodies) {
    hide(body, all("tr.row", body).every((row) => row.hidden));
    // A heading that spans more columns than are shown would add empty ones.
    for (const head of all(".heading th", body)) head.colSpan = width;
  }
};

// A cell without matching details keeps its arrow and counts, since a filter never changes them. It is
// dimmed and says "no match". One that is hidden is marked when it shows again.
const mark = (cell) => {
  const missed = cell.hits === 0;
  if (missed === Boolean(cell.missed) || !isShown(cell)) return;
  cell.missed = missed;
  cell.button.classList.toggle("missed", missed);
  if (missed) cell.button.append(make("span", "no match", "miss"));
  else cell.button.querySelector(".miss").remove();
  cell.button.setAttribute("aria-label", missed
    ? `${cell.name}; no ${data.things[0]} matches the filters` : cell.name);
};

// The name of a row or column says how many remarks on it a search finds.
const markName = (line, searching) => {
  if (!line.button) return;
  const said = searching && line.hits ? counted(line.hits, data.remarks) : "";
  const note = line.button.querySelector(".hits");
  if (said === (note?.textContent ?? "")) return;
  note?.remove();
  if (said) line.button.append(make("span", said, "hits"));
};

const shownNow = () => ({
  rows: rows.filter((row) => row.shown).length,
  columns: columns.filter((column) => column.shown).length,
  details: cells.reduce((sum, cell) => sum + (isShown(cell) ? cell.hits : 0), 0),
  remarks: distinct(lines.filter((line) => line.shown).flatMap((line) => shownOf(line.remarks))),
});

const listed = (parts) => `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
const statusOf = (shown, active, searching) => {
  if (!active) return `Showing all ${rows.length} rows, ${columns.length} columns and ${counted(total, data.things)}.`;
  const parts = [
    `${shown.rows} of ${rows.length} rows`,
    `${shown.columns} of ${columns.length} columns`,
    `${shown.details} of ${counted(total, data.things)}`,
  ];
  if (searching && totalOfRemarks) parts.push(`${shown.remarks} of ${counted(totalOfRemarks, data.remarks)}`);
  return `Showing ${listed(parts)}.`;
};

const nothingOf = (shown, noMap) => {
  if (noMap) return "Nothing matches these filters.";
  const none = `No ${data.things[0]} matches these filters`;
  return search.value.trim() && shown.remarks ? `${none}, but ${counted(shown.remarks, data.remarks)} match.` : `${none}.`;
};

// What is filtered, in words, for the page, for paper and for a copy.
const inWords = () => {
  const said = sets.map((set) => [set, boxesOf(set)]).filter(([, boxes]) => boxes.length).map(([set, boxes]) =>
    `${set.querySelector("legend").textContent}: ${boxes.map((box) => box.parentElement.textContent.trim()).join(" or ")}`);
  const query = search.value.trim();
  return [...(query ? [`search: “${query}”`] : []), ...said].join("; ");
};

const report = (shown, searching) => {
  const active = inWords();
  byId("status").textContent = statusOf(shown, active, searching);
  byId("active").textContent = `Filtered by ${active}.`;
  hide(byId("active"), !active);
  document.body.classList.toggle("filtered", Boolean(active));
  const noMap = shown.rows === 0 || shown.columns === 0;
  hide(byId("map-region"), noMap);
  byId("nothing").textContent = nothingOf(shown, noMap);
  hide(byId("nothing"), shown.details > 0);
  hide(byId("all"), shown.details === 0);
};

const apply = () => {
  const words = wordsOf(search.value);
  const searching = words.length > 0;
  const chosen = chosenOptions();
  showDetails(chosen.detail, words);
  showLines(chosen, searching);
  drawLines();
  cells.forEach(mark);
  lines.forEach((line) => markName(line, searching));
  report(shownNow(), searching);
  fillList();
  keepStop();
  byId("done").textContent = "";
  hide(byId("copied"), true);
  // The panel must not show a cell that a filter has hidden.
  if (selected && !isShown(selected)) select(null);
  else if (selected) fill();
  keepAddress();
};
