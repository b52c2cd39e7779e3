// Panel: what is behind the selected cell, row or column -----------------------------------------------------

const title = byId("panel-title");
const text = byId("panel-text");
let selected = null;

const shownOf = (details) => details.filter((detail) => detail.shown);
const howMany = (found, details, names) => (found.length === details.length
  ? "" : `${found.length} of ${counted(details.length, names)} shown`);

// Beside the details of a cell are the leading remarks on its row or column, and the way to all of them.
const makeRemarks = (line) => {
  if (line.remarks.length === 0) return [];
  const leading = shownOf(line.remarks).filter((remark) => remark.leading);
  const more = make("button", `Read all ${counted(line.remarks.length, data.remarks)}`);
  more.type = "button";
  more.addEventListener("click", () => choose(line));
  const left = line.remarks.length - leading.length;
  const said = left === 0 ? [] : [leading.length === 0 ? "" : `${left} more. `, more];
  const head = `${data.remarks[1]}: ${line.label}`;
  return [make("h3", head), ...(leading.length ? [makeList(leading)] : []), make("p", said)];
};

const fill = () => {
  const isCell = selected.kind === "cell";
  const [details, names] = isCell ? [selected.details, data.things] : [selected.remarks, data.remarks];
  const found = shownOf(details);
  const said = howMany(found, details, names);
  title.textContent = labelOf(selected);
  text.textContent = isCell
    ? `${[selected.label, said].filter(Boolean).join("; ")}.` : `${said || counted(details.length, names)}.`;
  byId("panel-list").replaceChildren(makeList(found));
  byId("panel-remarks").replaceChildren(...(isCell ? makeRemarks(holderOf(selected)) : []));
};

const empty = () => {
  title.textContent = title.dataset.idle;
  text.textContent = text.dataset.idle;
  byId("panel-list").replaceChildren();
  byId("panel-remarks").replaceChildren();
};

const select = (target) => {
  selected?.button.setAttribute("aria-expanded", "false");
  selected = target;
  selected?.button.setAttribute("aria-expanded", "true");
  byId("close").hidden = !selected;
  if (selected) fill();
  else empty();
  byId("panel").scrollTop = 0;
  keepAddress();
};

const choose = (target) => {
  select(target);
  title.focus(); // Screen readers then read the panel from its title.
};

// The focus returns to the cell, so that the keyboard continues from there.
const leave = () => {
  const button = selected?.button;
  select(null);
  button?.focus();
};
