// Search: all words of a query, without regard to case and accents -------------------------------------------

// Upper case, since it also makes one of "ß" and "ss" and of both forms of sigma.
const fold = (text) => (/^[\x00-\x7f]*$/.test(text) ? text : text.normalize("NFKD").replace(/\p{M}/gu, ""))
  .toUpperCase();
const wordsOf = (query) => fold(query).split(/\s+/).filter(Boolean);

// Folded when first searched and then kept: the texts of a thousand cases take longer than a reader's keystroke.
const folded = (detail, names) => {
  detail.folded ??= fold([...names, detail.title, detail.value, ...detail.facts.flat()].join("\n"));
  return detail.folded;
};
const has = (detail, names, words) => {
  if (words.length === 0) return true;
  const text = folded(detail, names);
  return words.every((word) => text.includes(word));
};

// Prepared while the reader has not yet typed.
const prepare = () => {
  for (const cell of cells) for (const detail of cell.details) folded(detail, [cell.row.label, cell.column.label]);
  for (const line of lines) for (const remark of line.remarks) folded(remark, [line.label]);
};
