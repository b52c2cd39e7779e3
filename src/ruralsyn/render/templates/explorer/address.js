// Address: filters, search and selection as the fragment, such as #domain=finance&q=loans&cell=peru.finance ---

// Ids are written without what separates them. Half a character cannot be written at all.
const encode = (id) => encodeURIComponent(id.replace(/\p{Surrogate}/gu, "\ufffd")).replaceAll(".", "%2E");
const decode = (part) => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // Typed by hand.
  }
};

const addressOf = (target) => (target.kind === "cell"
  ? `cell=${encode(target.row.id)}.${encode(target.column.id)}` : `${target.kind}=${encode(target.id)}`);
const fragment = () => {
  const parts = sets.map((set) => [set.dataset.facet, boxesOf(set).map((box) => encode(box.value))])
    .filter(([, options]) => options.length).map(([facet, options]) => `${encode(facet)}=${options.join(",")}`);
  const query = search.value.trim();
  if (query) parts.push(`q=${encode(query).replaceAll("%20", "+")}`);
  if (selected) parts.push(addressOf(selected));
  return parts.join("&");
};

// Written shortly after the last change: browsers refuse hundreds of changes at once.
let waiting = 0;
const writeAddress = () => {
  clearTimeout(waiting);
  waiting = 0;
  const address = new URL(location.href);
  address.hash = fragment();
  if (address.href !== location.href) history.replaceState(null, "", address.href);
};
const keepAddress = () => {
  clearTimeout(waiting);
  waiting = setTimeout(writeAddress, 150);
};

// What the page does not know is ignored, so that a link survives other data.
const targetAt = (kind, value) => {
  const ids = value.split(".").map(decode);
  if (kind === "cell") return cells.find((cell) => cell.row.id === ids[0] && cell.column.id === ids[1]);
  const known = { row: rows, column: columns }[kind];
  return known?.find((line) => line.button && line.id === ids[0]);
};
const readAddress = () => {
  const pairs = location.hash.slice(1).split("&").map((part) => {
    const [key, ...value] = part.split("=");
    return [decode(key), value.join("=")];
  });
  const given = new Map(pairs);
  for (const set of sets) {
    const options = new Set((given.get(set.dataset.facet) ?? "").split(",").map(decode));
    for (const box of all("input", set)) box.checked = options.has(box.value);
  }
  search.value = decode((given.get("q") ?? "").replaceAll("+", " "));
  const found = pairs.map(([key, value]) => targetAt(key, value)).find(Boolean);
  apply();
  select(found && isShown(found) ? found : null);
  selected?.button.scrollIntoView({ block: "nearest", inline: "nearest" });
};
