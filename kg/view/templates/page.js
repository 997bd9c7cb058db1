// Buttons, keys, colours; then the page starts.
function changed() {
  refresh();
  if (!current) overview();
}
document.addEventListener("seen", () => { summary(); table(); });

function theme(name) {
  document.documentElement.dataset.theme = name;
  byId("theme-button").setAttribute("aria-label", name === "dark" ? "Change to light colours" : "Change to dark colours");
  readColours();
  paint();
}
const dark = window.matchMedia("(prefers-color-scheme: dark)");
let picked = false;
dark.addEventListener("change", () => { if (!picked) theme(dark.matches ? "dark" : "light"); });
byId("theme-button").addEventListener("click", () => {
  picked = true;
  theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
});

byId("zoom-in").addEventListener("click", () => zoom(1.35));
byId("zoom-out").addEventListener("click", () => zoom(1 / 1.35));
byId("zoom-fit").addEventListener("click", () => fit(true));
byId("filters-button").addEventListener("click", () => filters(!byId("legend").classList.contains("open")));
function filters(open) {
  byId("legend").classList.toggle("open", open);
  byId("filters-button").setAttribute("aria-expanded", String(open));
  if (open && narrow()) byId("legend").querySelector("input").focus();
}
byId("list-button").addEventListener("click", () => {
  const listed = byId("list").hidden;
  byId("list").hidden = !listed;
  byId("stage").hidden = listed;
  byId("list-button").setAttribute("aria-pressed", String(listed));
  table();
  if (!listed) requestAnimationFrame(() => { network.redraw(); });
});
byId("stage").addEventListener("pointerdown", () => { if (narrow()) filters(false); });

// From actor to actor: the nearest one that lies in the direction of the arrow.
function step(key) {
  const here = network.body.nodes[view.cursor];
  const turn = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key];
  let best = null;
  for (const id of view.visibleNodes) {
    if (isHub(id) || id === view.cursor) continue;
    const { x, y } = network.body.nodes[id];
    if (!here) { if (best === null || id < best.id) best = { id, cost: 0 }; continue; }
    const along = (x - here.x) * turn[0] + (y - here.y) * turn[1], aside = Math.abs((x - here.x) * turn[1]) + Math.abs((y - here.y) * turn[0]);
    if (along <= 4) continue;
    const cost = along + 2.2 * aside;
    if (!best || cost < best.cost) best = { id, cost };
  }
  if (best) stand(best.id);
}
function stand(id) {
  view.cursor = id;
  view.cursorEdge = null;
  view.chosen = { kind: "node", id };
  paint();
  const { x, y } = network.canvasToDOM(network.body.nodes[id]), graph = byId("graph");
  if (x < 60 || y < 60 || x > graph.clientWidth - 60 || y > graph.clientHeight - 60) bring([id]);
  const links = view.visibleEdges.filter((edge) => edge.from === id || edge.to === id).length;
  announce(`${actors[id].label}, ${KINDS[actors[id].type]}, ${plural(links, "link", "links")}`);
}
function follow(direction) {
  if (view.cursor === undefined || view.cursor === null) return;
  const links = view.visibleEdges.filter((edge) => edge.from === view.cursor || edge.to === view.cursor);
  if (!links.length) return;
  const place = links.findIndex((edge) => edge.id === view.cursorEdge);
  const edge = links[(place + direction + links.length + (place < 0 && direction < 0 ? 1 : 0)) % links.length];
  view.cursorEdge = edge.id;
  view.chosen = { kind: "edge", id: edge.id };
  paint();
  announce(edge.facts.map((number) => facts[number].label).slice(0, 3).join("; "));
}
byId("graph").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key.startsWith("Arrow")) step(event.key);
  else if (event.key === "." || event.key === ",") follow(event.key === "." ? 1 : -1);
  else if (event.key === "Enter" || event.key === " ") {
    if (view.cursorEdge !== null && view.cursorEdge !== undefined) openEdge(view.cursorEdge);
    else if (view.cursor !== null && view.cursor !== undefined) openActor(view.cursor);
  } else if (event.key === "+" || event.key === "=") zoom(1.35);
  else if (event.key === "-") zoom(1 / 1.35);
  else if (event.key === "0") fit(true);
  else return;
  event.preventDefault();
});
byId("graph").addEventListener("blur", () => { if (!current) { view.cursor = null; view.cursorEdge = null; paint(); } });
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !(event.target instanceof HTMLInputElement && event.target.type === "search")) {
    event.preventDefault();
    byId("search").focus();
  } else if (event.key === "Escape") {
    filters(false);
    closePanel({ focus: Boolean(current) });
  }
});

let size = "";
new ResizeObserver(() => {
  const now = byId("graph").clientWidth + " " + byId("graph").clientHeight;
  if (now === size || now === "0 0") return;
  size = now;
  network.setSize("100%", "100%");
  turn();
  network.redraw();
  fit(false);
}).observe(byId("graph"));

document.documentElement.dataset.theme = dark.matches ? "dark" : "light";
readColours();
legend();
timeControl();
search();
changed();
turn();
fit(false);
if (data.focus !== null && !narrow()) openActor(data.focus);
window.kg = { network, view, data, ready: true };
