"use strict";
{
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));

  // The page already holds everything. The script adds the filters and the panel.
  const explore = () => {
    const { one, many } = document.querySelector("main").dataset;
    const counted = (number) => `${number} ${number === 1 ? one : many}`;
    const map = byId("map");
    const heads = all("thead th[data-facets]", map);
    const rows = all("tr.row", map);
    const filters = byId("filters");
    const title = byId("panel-title");
    const text = byId("panel-text");
    const list = byId("panel-list");
    const close = byId("close");
    let open = null; // The button of the selected cell.

    // Without the script a cell is a link to its details in the list. Here it becomes a button that shows
    // them in the panel. Nodes are moved, never parsed from text, so that text from the data stays text.
    for (const link of all("a.cell", map)) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "cell";
      button.dataset.behind = link.hash.slice(1);
      button.dataset.name = link.getAttribute("aria-label");
      button.setAttribute("aria-label", button.dataset.name);
      button.setAttribute("aria-expanded", "false");
      button.setAttribute("aria-controls", "panel");
      button.append(...link.childNodes);
      link.replaceWith(button);
    }
    // Without the first cell of each row, which is its label.
    const cells = rows.map((row) => Array.from(row.cells).slice(1));
    const places = new Map();
    cells.forEach((line, row) => line.forEach((cell, column) => {
      const button = cell.querySelector("button");
      if (button) places.set(button, [row, column]);
    }));

    // An element has to match at least one of the ticked options in every line that has any.
    const ticked = (set) => all("input:checked", set);
    const passes = (element, chosen) => {
      const facets = element.dataset.facets.split(" ");
      return chosen.every((options) => facets.some((facet) => options.has(facet)));
    };

    const apply = () => {
      const chosen = { row: [], column: [], detail: [] };
      const active = [];
      for (const set of all("fieldset", filters)) {
        const boxes = ticked(set);
        if (boxes.length === 0) continue;
        chosen[set.dataset.of].push(new Set(boxes.map((box) => box.value)));
        const labels = boxes.map((box) => box.parentElement.textContent.trim());
        active.push(`${set.querySelector("legend").textContent}: ${labels.join(" or ")}`);
      }
      heads.forEach((head) => { head.hidden = !passes(head, chosen.column); });
      rows.forEach((row, number) => {
        row.hidden = !passes(row, chosen.row);
        cells[number].forEach((cell, column) => { cell.hidden = heads[column].hidden; });
      });
      const shown = { rows: rows.filter((row) => !row.hidden).length, details: 0 };
      shown.columns = heads.filter((head) => !head.hidden).length;
      for (const body of map.tBodies) {
        body.hidden = all("tr.row", body).every((row) => row.hidden);
        // A heading that spans more columns than are shown would add empty ones.
        for (const head of all(".heading th", body)) head.colSpan = shown.columns + 1;
      }
      for (const [button, [row, column]] of places) {
        const behind = byId(button.dataset.behind);
        const details = all("li", behind);
        details.forEach((detail) => { detail.hidden = !passes(detail, chosen.detail); });
        const matching = details.filter((detail) => !detail.hidden).length;
        const visible = !rows[row].hidden && !heads[column].hidden;
        behind.hidden = !visible || matching === 0;
        shown.details += visible ? matching : 0;
        mark(button, matching);
      }
      for (const row of all(".behind-row")) {
        row.hidden = all(".behind", row).every((behind) => behind.hidden);
      }
      report(shown, active);
      // The panel must not show a cell that a filter has hidden.
      if (open && open.closest("[hidden]")) choose(null);
      else if (open) fill();
    };

    // A cell without matching details keeps its arrow and counts, since a filter never changes them. It is
    // dimmed and says "no match".
    const mark = (button, matching) => {
      const missed = matching === 0;
      button.classList.toggle("missed", missed);
      button.querySelector(".miss")?.remove();
      if (missed) {
        const word = document.createElement("span");
        word.className = "miss";
        word.textContent = "no match";
        button.append(word);
      }
      const { name } = button.dataset;
      button.setAttribute("aria-label", missed ? `${name}; no ${one} matches the filters` : name);
    };

    const report = (shown, active) => {
      const total = all("#all li").length;
      byId("status").textContent = active.length === 0
        ? `Showing all ${rows.length} rows, ${heads.length} columns and ${counted(total)}.`
        : `Showing ${shown.rows} of ${rows.length} rows, ${shown.columns} of ${heads.length} columns ` +
          `and ${shown.details} of ${counted(total)}.`;
      byId("active").textContent = `Filtered by ${active.join("; ")}.`;
      byId("active").hidden = active.length === 0;
      document.body.classList.toggle("filtered", active.length > 0);
      const noMap = shown.rows === 0 || shown.columns === 0;
      byId("map-region").hidden = noMap;
      byId("nothing").textContent = noMap ? "Nothing matches these filters." : `No ${one} matches these filters.`;
      byId("nothing").hidden = shown.details > 0;
      byId("all").hidden = shown.details === 0;
    };

    // The details are copied: the list keeps its own for print.
    const fill = () => {
      const behind = byId(open.dataset.behind);
      const details = behind.querySelector("ul.details").cloneNode(true);
      const number = details.children.length;
      const hidden = all("li[hidden]", details).length;
      const [row, column] = places.get(open);
      title.textContent = `${rows[row].cells[0].textContent}, ${heads[column].textContent}`;
      text.textContent = behind.querySelector(".cell-label").textContent +
        (hidden === 0 ? "" : `; ${number - hidden} of ${counted(number)} shown`) + ".";
      list.replaceChildren(details);
    };

    const choose = (button) => {
      open?.setAttribute("aria-expanded", "false");
      open = button;
      open?.setAttribute("aria-expanded", "true");
      close.hidden = !open;
      if (open) {
        fill();
        byId("panel").scrollTop = 0;
        title.focus(); // Screen readers then read the panel from its title.
      } else {
        title.textContent = title.dataset.idle;
        text.textContent = text.dataset.idle;
        list.replaceChildren();
      }
    };

    // The focus returns to the cell, so that the keyboard continues from there.
    const leave = () => {
      const button = open;
      choose(null);
      button?.focus();
    };

    const steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    const move = (event) => {
      const from = places.get(event.target);
      const step = steps[event.key];
      if (!from || !step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      let [row, column] = from;
      // Cells without details cannot take the focus, so they are skipped.
      do {
        row += step[0];
        column += step[1];
        const button = cells[row]?.[column]?.querySelector("button");
        if (button && !button.closest("[hidden]")) {
          event.preventDefault();
          button.focus();
          return;
        }
      } while (cells[row]?.[column]);
    };

    map.addEventListener("click", (event) => {
      const button = event.target.closest("button.cell");
      if (button && button === open) leave();
      else if (button) choose(button);
    });
    map.addEventListener("keydown", move);
    close.addEventListener("click", leave);
    byId("board").addEventListener("keydown", (event) => {
      if (event.key === "Escape" && open) leave();
    });
    filters.addEventListener("change", apply);
    // Not the event "reset", which comes before the boxes are cleared.
    filters.querySelector("[type=reset]").addEventListener("click", (event) => {
      event.preventDefault();
      filters.reset();
      apply();
    });
    filters.addEventListener("submit", (event) => event.preventDefault());

    // On screen the panel takes the place of the list, which opens again for paper.
    const box = byId("all-box");
    let wasOpen = false;
    box.open = false;
    window.addEventListener("beforeprint", () => { wasOpen = box.open; box.open = true; });
    window.addEventListener("afterprint", () => { box.open = wasOpen; });

    // On a small screen open filters would push the map out of sight.
    byId("filter-box").open = window.matchMedia("(min-width: 48rem)").matches;
    byId("controls").hidden = false;
    byId("panel").hidden = false;
    apply();
  };

  if (byId("map")) explore();
}
