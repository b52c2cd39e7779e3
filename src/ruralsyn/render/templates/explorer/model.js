// Model: the data of the page, joined with the elements of the map ------------------------------------------

const data = JSON.parse(byId("data").textContent);
const map = byId("map");
const counted = (number, [one, many]) => `${number} ${number === 1 ? one : many}`;

// Without the script a cell or a name is a link to its details in the list. Here it becomes a button that
// shows them in the panel. Nodes are moved, never parsed from text, so that text from the data stays text.
const asButton = (link, target) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.tabIndex = -1; // The map is one stop for the Tab key; see the keyboard.
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", "panel");
  const name = link.getAttribute("aria-label");
  if (name) button.setAttribute("aria-label", name);
  button.append(...link.childNodes);
  link.replaceWith(button);
  targets.set(button, target);
  return Object.assign(target, { button, name });
};
const targets = new Map(); // What each button selects: a cell, a row or a column.

const joinLine = (line, kind, element, head) => {
  Object.assign(line, { kind, element, head, shown: true });
  const link = head.querySelector("a");
  if (link) asButton(link, line);
};

const { rows, columns } = data;
all("thead th.column", map).forEach((head, number) => joinLine(columns[number], "column", head, head));
all("tr.row", map).forEach((element, number) => {
  const row = rows[number];
  const [head, ...places] = element.cells;
  joinLine(row, "row", element, head);
  row.cells.forEach((cell, column) => {
    const place = places[column];
    Object.assign(cell, { kind: "cell", row, column: columns[column], place, hits: cell.details.length });
    if (cell.details.length) asButton(place.querySelector("a"), cell);
  });
});
const cells = rows.flatMap((row) => row.cells.filter((cell) => cell.button));
const lines = [...rows, ...columns];

// The lines of which something is said are the rows or the columns, and a search hides those of these in
// which it finds nothing.
const holders = columns.some((column) => column.remarks.length) ? "column" : "row";
const holderOf = (cell) => cell[holders];
const labelOf = (target) => (target.kind === "cell" ? `${target.row.label}, ${target.column.label}` : target.label);
const isShown = (target) => (target.kind === "cell" ? target.row.shown && target.column.shown : target.shown);
const total = cells.reduce((sum, cell) => sum + cell.details.length, 0);
// Several lines may share a remark, which counts once.
const distinct = (remarks) => new Set(remarks.map((remark) => remark.id)).size;
const totalOfRemarks = distinct(lines.flatMap((line) => line.remarks));
