// Search: all words of a query, without regard to case and accents -------------------------------------------

// Upper case, since it also makes one of "ß" and "ss" and of both forms of sigma.
const fold = (text) => (/^[\x00-\x7f]*$/.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, ""))
  .toUpperCase();
const wordsOf = (query) => fold(query).split(/\s+/).filter(Boolean);

// Kept, since to fold the texts of a thousand cases takes longer than a keystroke.
const folded = (detail, names) => {
  detail.folded ??= fold([...names, detail.title, detail.value, ...detail.facts.flat()].join("\n"));
  return detail.folded;
};
const has = (detail, names, words) => {
  if (words.length === 0) return true;
  const text = folded(detail, names);
  return words.every((word) => text.includes(word));
};

// Prepared while the browser has nothing else to do. Without that the first search does it.
const foldAll = (target) => {
  if (target.kind !== "cell") target.remarks.forEach((remark) => folded(remark, [target.label]));
  else target.details.forEach((detail) => folded(detail, [target.row.label, target.column.label]));
};
const prepare = () => {
  const left = [...cells, ...lines];
  const some = (idle) => {
    while (left.length && idle.timeRemaining() > 1) foldAll(left.pop());
    if (left.length) requestIdleCallback(some);
  };
  window.requestIdleCallback?.(some);
};
