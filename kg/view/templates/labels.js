// Names and marks on the canvas, as on a map: always legible, never one over the other; zoom in and more appear.
let placed = []; // boxes of what is written, in pixels of the page
const widths = new Map();

function textWidth(context, text, font) {
  const key = font + text;
  if (!widths.has(key)) {
    context.font = font;
    widths.set(key, context.measureText(text).width);
  }
  return widths.get(key);
}
const overlaps = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
const inside = ({ x, y, w, h }) => x >= 2 && y >= 2 && x + w <= byId("graph").clientWidth - 2 && y + h <= byId("graph").clientHeight - 2;
const free = (box) => !placed.some((other) => overlaps(box, other));

function write(context, lines, x, y, size, colour, font, height) {
  context.font = font;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.direction = "ltr";
  context.lineJoin = "round";
  lines.forEach((line, number) => {
    context.lineWidth = 3.6;
    context.strokeStyle = colours.paper;
    context.strokeText(line, x, y + (number + 0.5) * height);
    context.fillStyle = colour;
    context.fillText(line, x, y + (number + 0.5) * height);
  });
}

function middle(edge) {
  const shape = network.body.edges[edge.id];
  if (!shape || !shape.connected) return null;
  return shape.edgeType.getPoint(0.5);
}

// Under the lines: disputed ones get a second colour in the gaps of their dashes.
network.on("beforeDrawing", (context) => {
  for (const edge of view.drawnEdges || []) {
    const item = edgeSet.get(edge.id);
    if (!item || item.status !== "disputed" || item.dim) continue;
    const shape = network.body.edges[edge.id];
    const via = shape && shape.connected && shape.edgeType.getViaNode ? shape.edgeType.getViaNode() : null;
    if (!via) continue;
    context.save();
    context.strokeStyle = colours.edge;
    context.lineWidth = item.width;
    context.globalAlpha = item.color.opacity;
    context.beginPath();
    context.moveTo(shape.from.x, shape.from.y);
    context.quadraticCurveTo(via.x, via.y, shape.to.x, shape.to.y);
    context.stroke();
    context.restore();
  }
});

// Over the lines, in pixels of the page so that letters keep their size: crosses, counts, names, verbs.
network.on("afterDrawing", (context) => {
  const scale = network.getScale();
  const ratio = window.devicePixelRatio || 1;
  const toPage = (point) => network.canvasToDOM(point);
  const sans = getComputedStyle(document.body).fontFamily;
  const strong = view.emphasis;
  placed = [];
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const bodies = [...view.visibleNodes].map((id) => {
    const { x, y } = network.body.nodes[id];
    const point = toPage({ x, y });
    return { id, x: point.x, y: point.y, r: nodes.get(id).size * view.factor * scale, dim: strong && !strong.near.has(id) };
  }).filter((body) => body.x > -80 && body.y > -60 && body.x < byId("graph").clientWidth + 80 && body.y < byId("graph").clientHeight + 60);
  for (const { id, x, y, r, dim } of bodies) if (!dim) placed.push({ x: x - r, y: y - r, w: 2 * r, h: 2 * r, shape: id });
  ring(context, bodies);
  crosses(toPage, scale, (box) => placed.push(box));
  names(context, bodies, scale, sans, strong);
  marks(context, scale, sans, toPage, strong);
  crosses(toPage, scale, (box) => cross(context, box));
  context.restore();
});

function ring(context, bodies) {
  const chosen = view.chosen && view.chosen.kind === "node" ? view.chosen.id : null;
  for (const id of [chosen, view.cursor]) {
    const body = bodies.find((one) => one.id === id);
    if (!body) continue;
    context.beginPath();
    context.arc(body.x, body.y, body.r + 5.5, 0, 2 * Math.PI);
    context.lineWidth = 2.5;
    context.strokeStyle = colours.accent;
    context.setLineDash(id === view.cursor && id !== chosen ? [4, 3] : []);
    context.stroke();
    context.setLineDash([]);
  }
}

function names(context, bodies, scale, sans, strong) {
  const rank = (body) => (isHub(body.id) ? 1e6 : 0) + body.id - (strong && strong.near.has(body.id) ? 1e7 : 0);
  for (const body of [...bodies].sort((a, b) => rank(a) - rank(b))) {
    if (body.dim || (strong && !strong.near.has(body.id))) continue;
    const { lines, size } = nodes.get(body.id), hub = isHub(body.id);
    const large = !hub && size >= 15 && body.id < 10;
    const points = hub ? 10.5 : (large ? 14.5 : 12) * Math.max(0.86, Math.min(1.15, scale));
    const font = `${hub ? "italic " : large ? "600 " : ""}${points}px ${sans}`, height = points * 1.16;
    const width = Math.max(...lines.map((line) => textWidth(context, line, font))), tall = lines.length * height;
    const forced = view.chosen && view.chosen.kind === "node" && view.chosen.id === body.id;
    const spots = [[body.x, body.y + body.r + (forced ? 10 : 3)], [body.x, body.y - body.r - 3 - tall],
      [body.x + body.r + 5 + width / 2, body.y - tall / 2], [body.x - body.r - 5 - width / 2, body.y - tall / 2],
      ...[0.55, -0.55].flatMap((side) => [body.r * 0.5, -body.r * 0.5 - tall].map((below) => [body.x + side * (width + body.r), body.y + below]))];
    const boxes = spots.map(([x, y]) => ({ x: x - width / 2 - 3, y, w: width + 6, h: tall + 2, id: body.id, cx: x }));
    // the most telling names may lie over the shapes of others, never over other names
    const clear = (one, shapes) => !placed.some((other) => (other.id !== undefined || other.shape < shapes) && overlaps(one, other));
    const box = boxes.find((one) => inside(one) && free(one)) || (body.id < 16 ? boxes.find((one) => inside(one) && clear(one, 24)) : null)
      || boxes.find(free) || (body.id < 5 ? boxes.find((one) => clear(one, 0)) : null)
      || (forced || (strong && !hub && strong.near.size < 14) ? boxes[0] : null);
    if (!box) continue;
    placed.push(box);
    const colour = hub ? colours.muted : colours.ink;
    write(context, lines, box.cx, box.y, points, colour, font, height);
  }
}

function marks(context, scale, sans, toPage, strong) {
  const order = [...(view.drawnEdges || [])].sort((a, b) => b.facts.length - a.facts.length || a.facts[0] - b.facts[0]);
  for (const edge of order) {
    const item = edgeSet.get(edge.id), point = item && !item.dim ? middle(edge) : null;
    if (!point) continue;
    const { x, y } = toPage(point), spoke = isHub(edge.from) || isHub(edge.to);
    const colour = item.status === "denied" ? colours.denied : colours.edge;
    if (spoke) continue;
    const from = toPage(network.body.nodes[edge.from]), to = toPage(network.body.nodes[edge.to]);
    const room = Math.hypot(from.x - to.x, from.y - to.y) - (nodes.get(edge.from).size + nodes.get(edge.to).size) * view.factor * scale;
    const best = facts[edge.facts.reduce((a, b) => (STRENGTH.indexOf(facts[b].status) < STRENGTH.indexOf(facts[a].status) ? b : a))];
    const verb = best.verb.length > 26 ? best.verb.slice(0, 25) + "…" : best.verb;
    const text = (best.status === "reported" ? "“" + verb + "”" : verb) + (edge.facts.length > 1 ? "  +" + (edge.facts.length - 1) : "");
    const font = `${item.lit ? "600 " : ""}10.8px ${sans}`, width = textWidth(context, text, font);
    const box = { x: x - width / 2 - 2, y: y - 7, w: width + 4, h: 14 };
    if (room < width * 0.55 && !item.lit) { count(context, edge, x, y, sans); continue; }
    if (!free(box)) { if (!item.lit) count(context, edge, x, y, sans); continue; }
    placed.push(box);
    const status = item.status === "denied" ? colours.denied : item.lit ? colours.ink : colours.muted;
    write(context, [text], x, box.y, 10.8, item.lit ? status : status || colour, font, 14);
  }
}

function count(context, edge, x, y, sans) {
  if (edge.facts.length < 2) return;
  const text = String(edge.facts.length), font = `600 10px ${sans}`, width = textWidth(context, text, font) + 9;
  const box = { x: x - width / 2, y: y - 7.5, w: width, h: 15 };
  if (!free(box)) return;
  placed.push(box);
  context.beginPath();
  context.roundRect(box.x, box.y, box.w, box.h, 7.5);
  context.fillStyle = colours.surface;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = colours.rule;
  context.stroke();
  context.font = font;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = colours.muted;
  context.fillText(text, x, y + 0.5);
}

// A denial is crossed, so that it is not told by its colour alone; no name may lie over the cross.
function crosses(toPage, scale, each) {
  const arm = Math.max(3.2, 5 * Math.min(1.1, scale));
  for (const edge of view.drawnEdges || []) {
    const item = edgeSet.get(edge.id);
    if (!item || item.dim || !middle(edge) || !edge.facts.some((number) => facts[number].status === "denied")) continue;
    const { x, y } = toPage(network.body.edges[edge.id].edgeType.getPoint(0.32));
    each({ x: x - arm, y: y - arm, w: 2 * arm, h: 2 * arm, shape: 0 });
  }
}
function cross(context, { x, y, w, h }) {
  context.lineCap = "round";
  for (const [width, colour] of [[5, colours.paper], [2.2, colours.denied]]) {
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(x + w, y + h);
    context.moveTo(x, y + h);
    context.lineTo(x + w, y);
    context.lineWidth = width;
    context.strokeStyle = colour;
    context.stroke();
  }
  context.lineCap = "butt";
}

function labelAt({ x, y }) {
  const hit = placed.find((box) => box.id !== undefined && x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h);
  return hit ? hit.id : null;
}
