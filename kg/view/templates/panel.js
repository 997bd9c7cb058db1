// The evidence: what is known of an actor, a line or an event, each with its sentence and whose words it is.
const trail = []; // how the reader came here, for "Back"
let current = null;

const statusChip = (status, count) => el("span", { class: "chip " + status, title: STATUSES[status] }, count ? `${count} ${status}` : status);
// The status is said by the chip, so the label need not begin with it.
const words = (fact) => (fact.label.startsWith(fact.status + ": ") ? fact.label.slice(fact.status.length + 2) : fact.label);

function actorButton(index, text) {
  return el("button", { type: "button", class: "link", onclick: () => openActor(index, { move: true }) }, bdi(text || actors[index].label));
}
function joined(items) {
  return items.flatMap((item, number) => (number === 0 ? [item] : [number === items.length - 1 ? " and " : ", ", item]));
}
function byTime(a, b) {
  const first = facts[a].date, second = facts[b].date;
  if (first && second) return first[0] < second[0] ? -1 : first[0] > second[0] ? 1 : a - b;
  return first ? -1 : second ? 1 : a - b;
}

function present(where, content, { heading, back = true, focus = true } = {}) {
  const panel = byId("panel");
  if (current && where && JSON.stringify(current.where) !== JSON.stringify(where)) trail.push(current);
  current = where ? { where } : null;
  const bar = el("div", { class: "bar" },
    el("span", {}, back && trail.length ? el("button", { type: "button", onclick: goBack }, "← Back") : ""),
    where ? el("button", { type: "button", id: "close", onclick: () => closePanel({ focus: true }), "aria-label": "Close the evidence" }, "Close ✕") : "");
  panel.replaceChildren(...(where ? [bar] : []), ...content.flat(Infinity).filter(Boolean));
  panel.classList.toggle("open", Boolean(where));
  panel.scrollTop = 0;
  if (heading) {
    panel.setAttribute("aria-label", "Evidence: " + heading);
    if (focus) panel.focus({ preventScroll: true });
    announce(heading);
  }
}
function goBack() {
  const last = trail.pop();
  if (!last) return;
  current = null;
  const { kind, id } = last.where;
  if (kind === "actor") openActor(id);
  else if (kind === "facts") openFacts(id);
  else openFact(id);
}
function closePanel({ focus = false } = {}) {
  trail.length = 0;
  choose(null);
  overview();
  if (focus) byId("graph").focus();
}

function openActor(index, { move = false } = {}) {
  const actor = actors[index], known = (factsOf.get(index) || []).slice().sort(byTime);
  choose(index < data.drawn ? { kind: "node", id: index } : null, { move: false });
  const about = [KINDS[actor.type] || actor.type];
  if (actor.sector) about.push(SECTORS[actor.sector] || actor.sector);
  const ties = known.filter((number) => facts[number].kind === "relation");
  const done = known.filter((number) => facts[number].kind !== "relation");
  const said = saidBy(index);
  const content = [
    el("h2", {}, bdi(actor.label)),
    el("p", { class: "meta" }, about.join(" · "),
      actor.country !== null && actor.country !== index ? [" · ", actorButton(actor.country)] : ""),
    actor.aliases.length ? el("p", { class: "meta" }, "Also: ", joined(actor.aliases.map(bdi))) : "",
    actor.links.some(webAddress) ? el("p", { class: "meta" }, joined(actor.links.filter(webAddress).map((link) => outside(linkName(link), link)))) : "",
    ties.length ? [el("h3", {}, "Offices and ties"), factList(ties)] : "",
    done.length ? [el("h3", {}, plural(done.length, "event", "events")), factList(done)] : "",
    said.length ? [el("h3", {}, "What this source says"), factList(said)] : "",
    known.length || said.length ? "" : el("p", {}, "No event or tie of this actor is on this page."),
    el("p", { class: "meta where" }, el("code", {}, actor.iri)),
  ];
  present({ kind: "actor", id: index }, content, { heading: actor.label });
  if (move) bring([index]);
}
const linkName = (link) => (/\/Q\d+$/.test(link) ? "Wikidata " + link.slice(link.lastIndexOf("/") + 1) : link);
function saidBy(index) {
  return facts.map((fact, number) => number).filter((number) => {
    const fact = facts[number];
    return fact.reports.some((report) => report.holder === index) && !fact.roles.some(([, actor]) => actor === index);
  }).sort(byTime);
}

function factList(numbers, limit = 40) {
  const rows = numbers.slice(0, limit).map((number) => {
    const fact = facts[number], sources = new Set(fact.reports.map((report) => report.doc)).size;
    const note = [fact.date && !words(fact).includes(period(fact.date)) ? period(fact.date) : "",
      fact.reports.length + fact.more > 1 ? plural(fact.reports.length + fact.more, "sentence", "sentences") + (sources > 1 ? " in " + plural(sources, "document", "documents") : "") : "",
      voices(fact)].filter(Boolean);
    return el("li", {}, el("button", { type: "button", class: "row-button", onclick: () => openFact(number, { move: true }) },
      fact.status === "asserted" ? "" : statusChip(fact.status),
      el("span", { class: "words" }, bdi(words(fact))),
      note.length ? el("small", {}, bdi(note.join(" · "))) : ""));
  });
  const list = el("ul", { class: "plainlist" }, rows);
  if (numbers.length <= limit) return list;
  const everything = () => { list.replaceWith(factList(numbers, Infinity)); more.remove(); };
  const more = el("button", { type: "button", class: "plain", onclick: everything }, `All ${numbers.length.toLocaleString("en")}`);
  return [list, more];
}
function voices(fact) {
  const names = [...new Set(fact.reports.map((report) => report.source).filter(Boolean))];
  const report = fact.reports.find((one) => one.source);
  if (!names.length || fact.status === "asserted") return "";
  return (report.how || "according to") + " " + names.slice(0, 2).join(", ") + (names.length > 2 ? " and others" : "");
}

function openEdge(id) {
  const edge = view.visibleEdges.find((one) => String(one.id) === String(id));
  if (edge) openFacts(edge.facts, edge);
}
function openFacts(numbers, edge = null) {
  if (numbers.length === 1) return openFact(numbers[0], { edge });
  choose(edge ? { kind: "edge", id: edge.id } : { kind: "fact", id: numbers[0] });
  const ends = edge && !isHub(edge.from) && !isHub(edge.to) ? [edge.from, edge.to] : [...new Set(numbers.flatMap((number) => facts[number].ends))];
  const sorted = numbers.slice().sort((a, b) => STRENGTH.indexOf(facts[a].status) - STRENGTH.indexOf(facts[b].status) || byTime(a, b));
  const mix = STRENGTH.map((status) => [status, numbers.filter((number) => facts[number].status === status).length]).filter(([, count]) => count);
  const heading = ends.map((index) => actors[index].label).join(" – ");
  present({ kind: "facts", id: numbers }, [
    el("h2", {}, joined(ends.map((index) => actorButton(index)))),
    el("p", { class: "meta" }, mix.map(([status, count]) => statusChip(status, count))),
    ...sorted.map((number, place) => {
      const fact = facts[number];
      const title = [statusChip(fact.status), bdi(words(fact))];
      return el("details", { class: "fold", open: place < 3 }, el("summary", {}, title), evidence(fact, 3));
    }),
  ], { heading });
}

function openFact(number, { move = false, edge = null } = {}) {
  const fact = facts[number];
  choose(edge ? { kind: "edge", id: edge.id } : { kind: "fact", id: number }, { move });
  const roles = new Map();
  for (const [role, index] of fact.roles) {
    const name = role === "target" && fact.reciprocal ? "With whom" : ROLES[role] || role;
    if (!roles.has(name)) roles.set(name, []);
    roles.get(name).push(actorButton(index));
  }
  if (fact.date) roles.set("When", [period(fact.date)]);
  const around = facts.map((other, id) => id).filter((id) => facts[id].about === number);
  const code = [fact.plover, fact.cameo ? "CAMEO " + fact.cameo : null, fact.confidence !== undefined && fact.confidence < 1 ? "confidence " + fact.confidence : null];
  present({ kind: "fact", id: number }, [
    el("h2", {}, bdi(words(fact))),
    el("p", { class: "meta" }, statusChip(fact.status), STATUSES[fact.status] + "."),
    el("dl", { class: "roles" }, [...roles].map(([name, items]) => [el("dt", {}, name), el("dd", {}, joined(items))])),
    fact.about !== null && fact.about !== undefined ? [el("h3", {}, "This is about"), factList([fact.about])] : "",
    around.length ? [el("h3", {}, "Promised, demanded or threatened in"), factList(around)] : "",
    el("h3", {}, fact.reports.length === 1 ? "The sentence behind it" : "The sentences behind it"),
    evidence(fact, Infinity),
    el("p", { class: "meta where" }, [fact.type, ...code.filter(Boolean)].join(" · ")),
    el("p", { class: "meta where" }, el("code", {}, fact.iri)),
  ], { heading: words(fact) });
}

function evidence(fact, limit) {
  const shown = fact.reports.slice(0, limit).map((report) => quotation(report, fact));
  const more = fact.reports.length - shown.length + fact.more;
  return el("div", {}, shown, more > 0 ? el("p", { class: "meta" }, `and ${plural(more, "more sentence", "more sentences")}`) : "");
}

function quotation(report, fact) {
  const from = documents[report.doc];
  const negative = report.judged.includes("said not to be so");
  const quote = report.pieces.length ? report.pieces.map((piece) => marked(piece)) : [el("em", {}, `The text is not kept here (characters ${report.at[0]} to ${report.at[1]}).`)];
  const who = report.how
    ? [capital(report.how) + " ", report.holder !== null ? actorButton(report.holder, report.source) : bdi(report.source),
      report.cue && report.cue.toLowerCase() !== report.how ? [" (“", bdi(report.cue), "”)"] : "",
      report.holder !== null && actors[report.holder].label !== report.source ? [", that is ", bdi(actors[report.holder].label)] : ""].flat()
    : ["In the author’s words"];
  const decided = report.decided.map(([what, text]) => [what + ": “", bdi(text), "”"]);
  return el("figure", { class: "report " + (negative ? "negative" : report.how ? "" : "asserted") },
    el("blockquote", {}, quote),
    el("figcaption", {},
      el("div", { class: "voice" }, who, report.judged.length ? " · " + report.judged.join(", ") : ""),
      el("div", { class: "from" }, outside(from.title, from.url), from.author ? [" · ", bdi(from.author)] : "", from.source ? [" · ", bdi(from.source)] : "", from.date ? " · " + day(from.date) : ""),
      el("details", {}, el("summary", {}, "Why?"), el("div", {}, "Rule ", el("code", {}, bdi(report.rule))),
        decided.length ? el("div", {}, joined(decided).flat(2)) : "", el("div", {}, `Characters ${report.at[0]} to ${report.at[1]}`))));
}
function marked([text, role, index]) {
  if (role === undefined) return text;
  if (role === "trigger") return el("mark", { class: "trigger" }, text);
  if (role.startsWith("cue")) return el("mark", { class: "cue", title: "decides the " + role.slice(4) }, text);
  return el("mark", { class: "argument", title: ROLES[role] || role }, index === undefined ? text : actorButton(index, text));
}
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

// Before anything is chosen: what stands out.
function overview() {
  const visible = facts.map((fact, number) => number).filter(factVisible);
  const events = visible.filter((number) => facts[number].kind === "event" && facts[number].quad !== "other");
  const telling = (events.length ? events : visible).slice(0, 7);
  const contested = visible.filter((number) => ["denied", "disputed"].includes(facts[number].status)).filter((number) => !telling.includes(number)).slice(0, 4);
  present(null, [
    el("p", { class: "eyebrow" }, "What stands out"),
    telling.length ? factList(telling) : el("p", {}, "Nothing here passes the filters."),
    contested.length ? [el("h3", {}, "Denied or disputed"), factList(contested)] : "",
    documents.length > 1 ? [el("h3", {}, plural(documents.length, "document", "documents")),
      el("ul", { class: "plainlist" }, documents.slice(0, 12).map((one) => el("li", { class: "meta" }, outside(one.title, one.url), one.source ? [" · ", bdi(one.source)] : "", one.date ? " · " + day(one.date) : "")))] : "",
    el("p", { class: "meta" }, "Choose an actor or a line to read the sentences behind it."),
  ], { focus: false });
}
