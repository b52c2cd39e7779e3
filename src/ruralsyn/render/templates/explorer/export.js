// Export: the map as it is shown, and the things that are shown, for other programs --------------------------

const tableRow = (texts) => `| ${texts.join(" | ")} |`;

// The texts are escaped already. Groups and names of rows get a column each, if the map has any.
const asMarkdown = () => {
  const words = data.markdown;
  const shown = rows.filter((row) => row.shown);
  const grouped = shown.some((row) => row.markdown[0]) ? 0 : 1;
  const wide = columns.filter((column) => column.shown);
  const heads = [...words.heads.slice(grouped), ...wide.map((column) => column.markdown.filter(Boolean).join(": "))];
  const places = shown.map((row) => row.cells.filter((cell) => cell.column.shown));
  const body = shown.map((row, number) =>
    tableRow([...row.markdown.slice(grouped), ...places[number].map((cell) => cell.markdown)]));
  const used = new Set(places.flat().flatMap((cell) => cell.marks));
  const legend = words.legend.filter((entry, number) => used.has(number)).join("; ");
  const active = inWords();
  const parts = [
    words.title && `**${words.title}**`,
    [tableRow(heads), tableRow(heads.map(() => "---")), ...body].join("\n"),
    active && inMarkdown(`${byId("status").textContent} Filtered by ${active}.`),
    legend && `${legend}.`,
    words.caption,
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
};
// What a reader typed is the only text that is not escaped yet.
const inMarkdown = (line) => line.replace(/[\\`*_[\]<>|~^$@{&#]/g, "\\$&");

// A page from a file may not use the clipboard in every browser. Then its text is selected for the reader.
const copy = async () => {
  const written = asMarkdown();
  const done = byId("done");
  try {
    await navigator.clipboard.writeText(written);
    done.textContent = "Copied the map as Markdown.";
  } catch {
    done.textContent = copyFrom(byId("copied"), written)
      ? "Copied the map as Markdown." : "The browser does not allow copying. The text below is selected: press Ctrl+C.";
  }
};
const copyFrom = (box, written) => {
  box.hidden = false;
  box.value = written;
  box.select();
  const copied = document.execCommand("copy");
  box.hidden = copied;
  if (copied) byId("copy").focus();
  return copied;
};

// The lines are those that the program writes; the page only leaves out what is not shown.
const asCsv = () => {
  const shown = new Set(cells.filter(isShown).flatMap((cell) => shownOf(cell.details)).map((detail) => detail.id));
  const found = data.records.lines.filter(([id]) => shown.has(id));
  return { number: found.length, text: [data.records.head, ...found.map(([, line]) => line)].join("") };
};
const save = () => {
  const { number, text: written } = asCsv();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([written], { type: "text/csv;charset=utf-8" }));
  link.download = `${data.things[1]}.csv`;
  link.click();
  // Not at once: the browser reads the text after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  byId("done").textContent = `Saved ${counted(number, data.things)} as ${link.download}.`;
};
