// Legend and filters, time, search, the list.
const SVG = "http://www.w3.org/2000/svg";
function svg(tag, properties, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(properties)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}
const OUTLINES = {
  dot: ["circle", { cx: 9, cy: 9, r: 6 }], square: ["rect", { x: 3.5, y: 3.5, width: 11, height: 11 }],
  diamond: ["path", { d: "M9 1.8 16.2 9 9 16.2 1.8 9Z" }], triangle: ["path", { d: "M9 2.4 16 15H2Z" }],
  triangleDown: ["path", { d: "M9 15.6 2 3h14Z" }], hexagon: ["path", { d: "M5.5 3h7L16 9l-3.5 6h-7L2 9Z" }],
};
function typeIcon({ family, shape, hollow }) {
  const [tag, outline] = OUTLINES[shape], colour = `var(--${family})`;
  return svg("svg", { width: 18, height: 18, "aria-hidden": "true" },
    svg(tag, { ...outline, fill: hollow ? "none" : colour, stroke: colour, "stroke-width": 2.2 }));
}
function statusIcon(status) {
  const colour = status === "denied" ? "var(--denied)" : status === "disputed" ? "var(--disputed)" : "var(--edge)";
  const line = (stroke, dash) => svg("path", { d: "M1 9H33", stroke, "stroke-width": status === "reported" ? 1.8 : 2.2, "stroke-dasharray": dash, fill: "none" });
  const dashes = { reported: "2 3", expected: "7 4", hypothetical: "3 6", disputed: "5.5 5.5" };
  const icon = svg("svg", { width: 34, height: 18, "aria-hidden": "true" });
  if (status === "disputed") icon.append(line("var(--edge)", "none"));
  icon.append(line(colour, dashes[status] || "none"));
  if (status === "denied") icon.append(svg("path", { d: "M13 5l8 8M21 5l-8 8", stroke: colour, "stroke-width": 2.2 }));
  return icon;
}

function legend() {
  const group = (title, key, items) => el("fieldset", {}, el("legend", {}, title), items.map(([value, label, icon, title, count]) =>
    el("label", { title }, el("input", { type: "checkbox", checked: !view.off[key].has(value), "data-filter": key, "data-value": value,
      onchange: (event) => { view.off[key][event.target.checked ? "delete" : "add"](value); changed(); } }), icon, el("span", {}, label), el("span", { class: "count" }, count.toLocaleString("en")))));
  const tally = (list, of) => list.reduce((all, item) => all.set(of(item), (all.get(of(item)) || 0) + 1), new Map());
  const types = tally(actors.slice(0, data.drawn), (actor) => actor.type);
  const statuses = tally(facts, (fact) => fact.status), quads = tally(facts, (fact) => fact.quad);
  const grouped = actors.slice(0, data.drawn).some((actor, index) => countryOf(index) !== index);
  byId("legend").replaceChildren(
    group("Actors", "type", Object.keys(TYPES).filter((type) => types.has(type)).map((type) => [type, TYPES[type].name, typeIcon(TYPES[type]), null, types.get(type)])),
    group("How sure", "status", STRENGTH.filter((status) => statuses.has(status)).map((status) => [status, capital(status), statusIcon(status), STATUSES[status], statuses.get(status)])),
    group("What kind", "quad", Object.keys(QUADS).filter((quad) => quads.has(quad)).map((quad) => [quad, QUADS[quad], "", null, quads.get(quad)])),
    el("fieldset", {}, el("legend", {}, "Picture"),
      grouped ? el("label", { title: "Who acts for a country stands under it" },
        el("input", { type: "checkbox", id: "countries", checked: view.countries, onchange: (event) => { view.countries = event.target.checked; choose(null); changed(); fit(true); } }), el("span", {}, "By country")) : "",
      edges.some((edge) => edge.minor) ? el("label", { title: "Weak links are drawn only beside the actor that is chosen" },
        el("input", { type: "checkbox", id: "everything", checked: view.everything, onchange: (event) => { view.everything = event.target.checked; changed(); } }), el("span", {}, "Every link")) : "",
      el("div", { id: "more" })));
  more();
}
function more() {
  const left = data.drawn - view.shown, hidden = data.total - data.drawn;
  const step = Math.min(left, Math.max(40, data.first));
  byId("more").replaceChildren(
    left > 0 ? el("button", { type: "button", class: "plain more", id: "more-button", onclick: () => { view.shown += step; changed(); more(); fit(true); } }, `Show ${plural(step, "more actor", "more actors")}`) : "",
    left <= 0 && view.shown > data.first ? el("button", { type: "button", class: "plain more", onclick: () => { view.shown = data.first; view.revealed.clear(); changed(); more(); fit(true); } }, "Show fewer") : "",
    el("p", { class: "note" }, data.leftOut ? `${plural(data.leftOut, "less telling fact is", "less telling facts are")} left out of this page.`
      : hidden > 0 ? `${plural(hidden, "more actor is", "more actors are")} only named, or stand${hidden === 1 ? "s" : ""} alone; search finds ${hidden === 1 ? "it" : "them"}.` : ""));
}
function summary() {
  const count = [...view.visibleNodes].filter((id) => !isHub(id)).length, visible = facts.filter((fact, number) => factVisible(number));
  const shown = count === data.total ? plural(count, "actor", "actors") : `Showing ${count.toLocaleString("en")} of ${plural(data.total, "actor", "actors")}`;
  const dates = documents.map((one) => one.date).filter(Boolean).sort();
  const events = visible.filter((fact) => fact.kind === "event").length, ties = visible.length - events;
  const parts = [shown, plural(events, "event", "events"), ties ? plural(ties, "tie", "ties") : "",
    documents.length === 1 ? [documents[0].source, dates.length ? day(dates[0]) : ""].filter(Boolean).join(", ") : plural(documents.length, "document", "documents") + (dates.length ? `, ${period([dates[0], dates[dates.length - 1]])}` : "")];
  byId("summary").replaceChildren(bdi(parts.filter(Boolean).join(" · ")));
  let empty = byId("empty");
  if (!empty) byId("graph").append(empty = el("p", { id: "empty", class: "empty" }));
  empty.hidden = count > 0;
  empty.textContent = data.drawn ? "Nothing passes the filters." : "No event between two actors was found in these texts.";
}

let timeEvents = 0;
function timeControl() {
  const box = byId("time");
  if (times.length < 2) { box.hidden = true; return; }
  const size = times.map((step) => facts.filter((fact) => fact.date && fact.date[0].startsWith(step)).length), top = Math.max(...size);
  const bars = el("div", { class: "bars", "aria-hidden": "true" }, size.map((count) => el("i", {})));
  [...bars.children].forEach((bar, number) => { bar.style.height = `${(100 * size[number]) / top}%`; });
  const output = el("output", { id: "range" });
  const low = el("input", { type: "range", id: "from", min: 0, max: times.length - 1, value: 0, "aria-label": "From" });
  const high = el("input", { type: "range", id: "to", min: 0, max: times.length - 1, value: times.length - 1, "aria-label": "To" });
  const undated = facts.filter((fact) => !fact.date).length;
  const name = (step) => (step.length === 10 ? day(step) : step.length === 7 ? `${MONTHS[Number(step.slice(5)) - 1]} ${step.slice(0, 4)}` : step);
  const show = () => {
    [...bars.children].forEach((bar, number) => bar.classList.toggle("out", number < view.low || number > view.high));
    output.textContent = view.low === view.high ? name(times[view.low]) : `${name(times[view.low])} – ${name(times[view.high])}`;
    low.setAttribute("aria-valuetext", name(times[view.low]));
    high.setAttribute("aria-valuetext", name(times[view.high]));
  };
  const move = (event) => {
    if (event.target === low) low.value = view.low = Math.min(Number(low.value), view.high);
    else high.value = view.high = Math.max(Number(high.value), view.low);
    show();
    cancelAnimationFrame(timeEvents);
    timeEvents = requestAnimationFrame(changed);
  };
  low.addEventListener("input", move);
  high.addEventListener("input", move);
  const sliders = el("div", { class: "sliders" }, low, high);
  sliders.style.margin = `0 calc(${50 / times.length}% - ${8 / times.length}px)`; // each step under the middle of its bar
  box.replaceChildren(bars, sliders, el("div", { class: "row" }, output,
    undated ? el("label", {}, el("input", { type: "checkbox", id: "undated", checked: true, onchange: (event) => { view.undated = event.target.checked; changed(); } }), `${undated.toLocaleString("en")} without a date`) : ""));
  show();
}

function search() {
  const input = byId("search"), list = byId("suggestions");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const index = [
    ...actors.map((actor, id) => ({ text: plain([actor.label, ...actor.aliases].join("\n")), start: plain(actor.label), rank: id, label: actor.label, note: KINDS[actor.type], open: () => openActor(id, { move: true }) })),
    ...facts.map((fact, id) => ({ text: plain(fact.label), start: plain(fact.label), rank: actors.length + id, label: words(fact), note: fact.status + (fact.date ? " · " + period(fact.date) : ""), open: () => openFact(id, { move: true }) })),
  ];
  let found = [], place = -1;
  const close = () => { list.hidden = true; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); place = -1; };
  const take = (item) => { close(); input.value = ""; item.open(); };
  const mark = () => {
    [...list.children].forEach((row, number) => row.setAttribute("aria-selected", String(number === place)));
    if (place >= 0) { input.setAttribute("aria-activedescendant", "option-" + place); list.children[place].scrollIntoView({ block: "nearest" }); }
  };
  const look = () => {
    const wanted = plain(input.value.trim());
    if (!wanted) return close();
    const score = (item) => (item.start.startsWith(wanted) ? 0 : item.start.includes(" " + wanted) ? 1 : 2) * 1e6 + item.rank;
    found = index.filter((item) => item.text.includes(wanted)).sort((a, b) => score(a) - score(b)).slice(0, 12);
    list.replaceChildren(...found.map((item, number) => el("li", { id: "option-" + number, role: "option", "aria-selected": "false",
      onmousedown: (event) => event.preventDefault(), onclick: () => take(item) }, bdi(item.label), el("small", {}, item.note))));
    if (!found.length) list.append(el("li", { role: "option", "aria-disabled": "true" }, el("small", {}, "Nothing of that name")));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    place = found.length ? 0 : -1;
    mark();
  };
  input.addEventListener("input", look);
  input.addEventListener("blur", () => setTimeout(close, 120));
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!found.length || list.hidden) return;
      place = (place + (event.key === "ArrowDown" ? 1 : found.length - 1)) % found.length;
      mark();
    } else if (event.key === "Enter" && !list.hidden && found[place]) take(found[place]);
    else if (event.key === "Escape") { if (list.hidden) input.blur(); input.value = ""; close(); event.stopPropagation(); return; }
    else return;
    event.preventDefault();
  });
}

// The same, without a picture: every event and tie that passes the filters.
function table() {
  const box = byId("list");
  if (box.hidden) return;
  const rows = facts.map((fact, number) => number).filter(factVisible).sort(byTime);
  const names = (fact, wanted) => joined(fact.roles.filter(([role]) => wanted.includes(role)).map(([, index]) => actorButton(index)));
  box.replaceChildren(
    el("h2", {}, plural(rows.length, "event or tie", "events and ties")),
    el("table", {}, el("thead", {}, el("tr", {}, ["Date", "Who", "What", "Whom", "Status", "Sentences"].map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, rows.map((number) => {
        const fact = facts[number];
        return el("tr", {}, el("td", { class: "date" }, fact.date ? period(fact.date) : "–"), el("td", {}, names(fact, ["source", "subject"])),
          el("td", {}, el("button", { type: "button", class: "link", onclick: () => openFact(number), "aria-label": fact.label }, fact.verb)),
          el("td", {}, names(fact, ["target", "recipient", "object", "topic"])), el("td", {}, statusChip(fact.status)), el("td", {}, fact.reports.length + fact.more));
      }))));
}
