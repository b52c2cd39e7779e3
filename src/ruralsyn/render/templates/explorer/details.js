// Details: elements made from the data, for the panel and the list ------------------------------------------

const make = (tag, content = [], className = "") => {
  const element = document.createElement(tag);
  element.append(...[content].flat());
  if (className) element.className = className;
  return element;
};

const makeDetail = (detail) => make("li", [
  make("p", [make("strong", detail.title), " ", make("span", detail.value, "value")], "what"),
  make("dl", detail.facts.map(([name, value]) => make("div", [make("dt", name), make("dd", value)]))),
]);
const makeList = (details) => make("ul", details.map(makeDetail), "details");

// All details shown, cell by cell. Made only when a reader opens the list, since it may be long.
const makeRow = (row) => {
  const found = row.cells.filter((cell) => cell.hits && isShown(cell));
  return found.length === 0 ? [] : [make("div", [make("h3", row.label), ...found.map(makeCell)], "behind-row")];
};
const makeCell = (cell) => make("div", [
  make("h4", cell.column.label),
  make("p", cell.label, "cell-label"),
  makeList(cell.details.filter((detail) => detail.shown)),
], "behind");

const fillList = () => {
  byId("all-list").replaceChildren(...(byId("all-box").open ? rows.flatMap(makeRow) : []));
};
