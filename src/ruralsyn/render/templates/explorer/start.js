// Start ------------------------------------------------------------------------------------------------------

map.addEventListener("click", (event) => {
  const target = targets.get(event.target.closest("button"));
  if (target && target === selected) leave();
  else if (target) choose(target);
});
map.addEventListener("focusin", (event) => {
  const target = targets.get(event.target);
  if (target) setStop(target);
});
map.addEventListener("keydown", move);
byId("close").addEventListener("click", leave);
byId("board").addEventListener("keydown", (event) => {
  if (event.key === "Escape" && selected) leave();
});
filters.addEventListener("change", (event) => {
  if (event.target !== search) apply();
});
search.addEventListener("input", apply);
// Not the event "reset", which comes before the boxes are cleared.
filters.querySelector("[type=reset]").addEventListener("click", (event) => {
  event.preventDefault();
  filters.reset();
  apply();
});
filters.addEventListener("submit", (event) => event.preventDefault());
byId("copy").addEventListener("click", copy);
byId("save")?.addEventListener("click", save);
byId("all-box").addEventListener("toggle", fillList);
window.addEventListener("hashchange", readAddress);
// A change of the last moment is still written.
window.addEventListener("pagehide", writeAddress);

// On a small screen open filters would push the map out of sight.
byId("filter-box").open = window.matchMedia("(min-width: 48rem)").matches;
byId("controls").hidden = false;
byId("panel").hidden = false;
readAddress();
prepare();
