// The network: which nodes and lines are seen, and how they look. Drawing and zooming is vis-network's.
const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
const narrow = () => window.matchMedia("(max-width: 820px)").matches;
let colours = {};

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["paper", "surface", "ink", "muted", "rule", "people", "states", "bodies", "ideas", "edge", "denied", "disputed", "accent"]) {
    colours[name] = style.getPropertyValue("--" + name).trim();
  }
}
readColours();

const nodeSet = new vis.DataSet(data.nodes.map(({ id, x, y, size, shape }) => ({ id, x, y, size, shape, hidden: true })));
const edgeSet = new vis.DataSet([]);
const network = new vis.Network(byId("graph"), { nodes: nodeSet, edges: edgeSet }, {
  physics: false,
  layout: { improvedLayout: false },
  interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, selectable: false, keyboard: false, tooltipDelay: 1e9 },
  nodes: { chosen: false, borderWidth: 1.5, font: { size: 0 } },
  edges: { chosen: false, font: { size: 0 }, smooth: { enabled: true, type: "curvedCW", roundness: 0.09 }, arrowStrikethrough: false, hoverWidth: 0 },
});

byId("graph").firstElementChild.tabIndex = -1; // one stop for the keyboard, ours
// Lines of the picture by country: an actor that acts for a country stands under it.
const countryOf = (index) => {
  const country = actors[index].actsFor;
  return country !== null && country < data.drawn ? country : index;
};
const countryEdges = (() => {
  const found = new Map();
  facts.forEach((fact, number) => {
    const ends = [...new Set(fact.ends.map(countryOf))];
    // an office stays with its holder, and two that suffer the same do nothing to each other
    if (!fact.sided || (fact.kind === "relation" && fact.ends.some((end) => countryOf(end) !== end))) return;
    for (const end of ends.slice(1)) {
      const key = Math.min(ends[0], end) + " " + Math.max(ends[0], end);
      if (!found.has(key)) found.set(key, { from: Math.min(ends[0], end), to: Math.max(ends[0], end), facts: [], minor: false });
      found.get(key).facts.push(number);
    }
  });
  return [...found.values()].map((edge, number) => ({ ...edge, id: "c" + number }));
})();

const spokesOf = new Map();
for (const edge of edges) for (const id of [edge.from, edge.to]) spokesOf.set(id, (spokesOf.get(id) || 0) + 1);

function seen() {
  const open = (id) => {
    if (isHub(id)) return !view.countries && nodes.get(id).facts.some(factVisible);
    if (view.countries && countryOf(id) !== id) return false;
    return (id < view.shown || view.revealed.has(id)) && !view.off.type.has(actors[id].type);
  };
  const candidates = new Set([...nodes.keys()].filter(open));
  let live = (view.countries ? countryEdges : edges)
    .map((edge) => ({ ...edge, facts: edge.facts.filter(factVisible) }))
    .filter((edge) => edge.facts.length > 0 && candidates.has(edge.from) && candidates.has(edge.to));
  const spokes = new Map();
  for (const edge of live) {
    for (const id of [edge.from, edge.to]) spokes.set(id, (spokes.get(id) || 0) + 1);
  }
  live = live.filter((edge) => ![edge.from, edge.to].some((id) => isHub(id) && spokes.get(id) < Math.min(2, spokesOf.get(id))));
  view.visibleNodes = new Set(live.flatMap((edge) => [edge.from, edge.to]));
  view.visibleEdges = live;
}

// How a line looks: the strongest status of what it holds.
function edgeStatus(edge) {
  return edge.facts.map((number) => facts[number].status).sort((a, b) => STRENGTH.indexOf(a) - STRENGTH.indexOf(b))[0];
}
const LINES = {
  asserted: { dashes: false }, reported: { dashes: [2, 4] }, disputed: { dashes: [9, 9] },
  denied: { dashes: false }, expected: { dashes: [9, 5] }, hypothetical: { dashes: [4, 8] },
};
const lineColour = (status) => (status === "denied" ? colours.denied : status === "disputed" ? colours.disputed : colours.edge);

function arrows(edge) {
  const towards = { to: false, from: false };
  if (isHub(edge.from)) towards.to = edge.facts.some((number) => !facts[number].reciprocal);
  else if (!isHub(edge.to)) {
    for (const number of edge.facts) {
      if (facts[number].reciprocal) continue;
      const start = view.countries ? countryOf(facts[number].ends[0]) : facts[number].ends[0];
      towards[start === edge.from ? "to" : "from"] = true;
    }
  }
  const head = (enabled) => ({ enabled, scaleFactor: 0.42, type: "arrow" });
  return { to: head(towards.to), from: head(towards.from) };
}

function emphasis() {
  const focus = view.hovered || view.chosen;
  if (!focus) return null;
  const near = new Set(), lines = new Set();
  if (focus.kind === "node") {
    near.add(focus.id);
    for (const edge of view.visibleEdges) {
      if (edge.from !== focus.id && edge.to !== focus.id) continue;
      near.add(edge.from).add(edge.to);
      lines.add(edge.id);
    }
    for (const hub of [...near].filter((id) => isHub(id))) {
      for (const edge of view.visibleEdges) {
        if (edge.from === hub || edge.to === hub) { near.add(edge.from).add(edge.to); lines.add(edge.id); }
      }
    }
  } else {
    for (const edge of view.visibleEdges) {
      if (focus.kind === "edge" ? edge.id === focus.id : edge.facts.includes(focus.id)) {
        near.add(edge.from).add(edge.to);
        lines.add(edge.id);
      }
    }
  }
  return near.size ? { near, lines } : null;
}

function paint() {
  view.emphasis = emphasis();
  const { emphasis: strong } = view;
  nodeSet.update(data.nodes.map(({ id }) => {
    if (!view.visibleNodes.has(id)) return { id, hidden: true };
    const opacity = strong && !strong.near.has(id) ? 0.14 : 1;
    if (isHub(id)) {
      const colour = lineColour(edgeStatus({ facts: nodes.get(id).facts.filter(factVisible) }));
      return { id, hidden: false, opacity, color: { background: colour, border: colour } };
    }
    const type = TYPES[actors[id].type], colour = colours[type.family];
    return { id, hidden: false, opacity, borderWidth: type.hollow ? 2.6 : 1.5,
      color: { background: type.hollow ? colours.paper : colour, border: type.hollow ? colour : colours.paper } };
  }));
  const roomy = view.everything || view.visibleEdges.length <= 1.2 * Math.min(view.visibleNodes.size, 90);
  const drawn = new Map();
  for (const edge of view.visibleEdges) {
    const lit = strong && strong.lines.has(edge.id);
    if (edge.minor && !lit && !roomy) continue;
    const status = edgeStatus(edge), ties = edge.facts.every((number) => facts[number].kind === "relation");
    const opacity = strong ? (lit ? 1 : 0.07) : status === "hypothetical" || ties ? 0.5 : 0.72;
    drawn.set(edge.id, {
      id: edge.id, from: edge.from, to: edge.to, dashes: LINES[status].dashes, arrows: arrows(edge),
      width: ties ? 0.9 : Math.min(5, 0.9 + 0.55 * Math.log2(1 + edge.facts.length) + (lit ? 0.6 : 0)),
      color: { color: lineColour(status), opacity, inherit: false }, status, lit: Boolean(lit), dim: Boolean(strong && !lit),
    });
  }
  edgeSet.remove(edgeSet.getIds().filter((id) => !drawn.has(id)));
  edgeSet.update([...drawn.values()]);
  view.drawnEdges = view.visibleEdges.filter((edge) => drawn.has(edge.id));
}

function refresh() {
  seen();
  paint();
  document.dispatchEvent(new CustomEvent("seen"));
}

// What the reader looks at: {kind: "node" | "edge" | "fact", id}, or null.
function choose(target, { move = false } = {}) {
  view.chosen = target;
  if (target && target.kind === "node") {
    reveal([target.id]);
    if (move) bring([target.id]);
  } else if (target && target.kind === "fact") {
    reveal(facts[target.id].ends);
    paint();
    if (move && view.emphasis) bring([...view.emphasis.near]);
  }
  paint();
}

function reveal(indices) {
  const wanted = indices.filter((id) => id < data.drawn && !view.visibleNodes.has(id));
  if (!wanted.length) return;
  for (const id of wanted) {
    view.revealed.add(id);
    // something it is linked to must stand there too
    const linked = edges.filter((edge) => edge.from === id || edge.to === id).map((edge) => (edge.from === id ? edge.to : edge.from));
    if (!linked.some((other) => view.visibleNodes.has(other))) {
      for (const other of linked.slice(0, 6)) if (!isHub(other)) view.revealed.add(other);
    }
  }
  refresh();
}

function bring(ids) {
  const there = ids.filter((id) => view.visibleNodes.has(id));
  if (!there.length) return;
  if (there.length > 1) return void fit(true, there, 1.2);
  network.focus(there[0], { scale: Math.max(0.9, Math.min(1.4, network.getScale())), offset: { x: 0, y: -sheetHeight() / 2 },
    animation: calm ? false : { duration: 320, easingFunction: "easeInOutQuad" } });
}

// On a screen that is higher than wide the picture is drawn out likewise.
function turn() {
  const graph = byId("graph"), upright = graph.clientHeight > 1.25 * graph.clientWidth;
  if (upright === view.upright) return;
  view.upright = upright;
  const [across, down] = upright ? [0.68, 1.4] : [1, 1];
  nodeSet.update(data.nodes.map(({ id, x, y }) => ({ id, x: x * across, y: y * down })));
}

// Everything in view, with room for the names, which keep their size however far away one is.
function fit(animate, ids = view.visibleNodes, nearest = 1.25) {
  const points = [...ids].map((id) => network.body.nodes[id]);
  if (!points.length) return;
  const xs = points.map(({ x }) => x), ys = points.map(({ y }) => y);
  const left = Math.min(...xs), right = Math.max(...xs), top = Math.min(...ys), bottom = Math.max(...ys);
  const { clientWidth, clientHeight } = byId("graph"), sheet = sheetHeight();
  const across = (clientWidth - (narrow() ? 96 : 124)) / Math.max(1, right - left), down = (clientHeight - sheet - 84) / Math.max(1, bottom - top);
  const scale = Math.max(narrow() ? 0.4 : 0.3, Math.min(nearest, across, down));
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 + 10 / scale }, scale, offset: { x: 0, y: -sheet / 2 },
    animation: animate && !calm ? { duration: 320, easingFunction: "easeInOutQuad" } : false });
}
// How much of the graph the sheet covers on a phone.
function sheetHeight() {
  const panel = byId("panel");
  if (!narrow() || !panel.classList.contains("open")) return 0;
  return Math.max(0, byId("graph").getBoundingClientRect().bottom - panel.getBoundingClientRect().top);
}
function zoom(factor) {
  network.moveTo({ scale: Math.max(0.15, Math.min(5, network.getScale() * factor)), animation: calm ? false : { duration: 160, easingFunction: "easeOutQuad" } });
}

// Near by, shapes grow less than the distances between them.
function resize() {
  const factor = Math.min(1, (1.3 / network.getScale()) ** 0.75);
  if (Math.abs(factor - view.factor) < 0.03) return;
  view.factor = factor;
  nodeSet.update(data.nodes.map(({ id, size }) => ({ id, size: size * factor })));
}
network.on("zoom", resize);
network.on("animationFinished", resize);

function at(pointer) {
  const id = network.getNodeAt(pointer) ?? labelAt(pointer);
  if (id !== undefined && id !== null) return isHub(id) ? { kind: "hub", id } : { kind: "node", id };
  const edge = network.getEdgeAt(pointer);
  return edge === undefined ? null : { kind: "edge", id: edge };
}
network.on("click", ({ pointer }) => {
  const target = at(pointer.DOM);
  if (!target) return void closePanel();
  if (target.kind === "hub") openFacts(nodes.get(target.id).facts.filter(factVisible));
  else if (target.kind === "edge") openEdge(target.id);
  else openActor(target.id);
});
function hover(target) {
  const same = JSON.stringify(target) === JSON.stringify(view.hovered);
  if (same || (view.chosen && target)) return;
  view.hovered = target;
  paint();
}
network.on("hoverNode", ({ node }) => { byId("graph").style.cursor = "pointer"; hover({ kind: "node", id: node }); });
network.on("blurNode", () => { byId("graph").style.cursor = ""; hover(null); });
network.on("hoverEdge", ({ edge }) => { byId("graph").style.cursor = "pointer"; hover({ kind: "edge", id: edge }); });
network.on("blurEdge", () => { byId("graph").style.cursor = ""; hover(null); });
