// Keyboard: the map is one stop for the Tab key, and arrow keys move within it -------------------------------
// As in the grid pattern of the WAI-ARIA Authoring Practices: a roving tabindex, Home and End in the row, and
// with Ctrl in the map. What cannot be selected takes no focus and is skipped.

const table = [[null, ...columns], ...rows.map((row) => [row, ...row.cells])];
const positions = new Map();
table.forEach((line, row) => line.forEach((target, column) => {
  if (target?.button) positions.set(target, [row, column]);
}));
let stop = null; // What has the focus when a reader tabs into the map.

const canStop = (target) => Boolean(target?.button) && isShown(target);
const setStop = (target) => {
  if (stop) stop.button.tabIndex = -1;
  stop = target ?? null;
  if (stop) stop.button.tabIndex = 0;
};
// Cells come before names, since a reader wants the map first.
const keepStop = () => {
  if (!canStop(stop)) setStop(cells.find(canStop) ?? [...positions.keys()].find(canStop));
};

const along = ([row, column], [down, right]) => {
  do {
    row += down;
    column += right;
    if (canStop(table[row]?.[column])) return table[row][column];
  } while (table[row] && column in table[row]);
  return null;
};
const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const aim = (event, from) => {
  const line = event.ctrlKey ? table.flat() : table[from[0]];
  if (event.key === "Home") return line.find(canStop);
  if (event.key === "End") return line.findLast(canStop);
  return event.ctrlKey || !steps[event.key] ? null : along(from, steps[event.key]);
};

const move = (event) => {
  const from = positions.get(targets.get(event.target));
  if (!from || event.altKey || event.metaKey || event.shiftKey) return;
  const target = aim(event, from);
  if (!target) return;
  event.preventDefault();
  target.button.focus();
};
