// What the page knows, what is switched on, and what can therefore be seen.
const data = JSON.parse(document.getElementById("data").textContent);
const { actors, facts, documents } = data;
const nodes = new Map(data.nodes.map((node) => [node.id, node]));
const edges = data.edges;
const isHub = (id) => id >= data.drawn; // drawn actors are numbered first, then the events of many parties

const TYPES = {
  Person: { name: "People", family: "people", shape: "dot" },
  Group: { name: "Groups", family: "people", shape: "dot", hollow: true },
  Country: { name: "Countries", family: "states", shape: "square" },
  Government: { name: "Governments", family: "states", shape: "square", hollow: true },
  Place: { name: "Places", family: "states", shape: "triangleDown", hollow: true },
  Organization: { name: "Organisations", family: "bodies", shape: "diamond" },
  ArmedGroup: { name: "Armed groups", family: "bodies", shape: "triangle" },
  Office: { name: "Offices", family: "ideas", shape: "hexagon", hollow: true },
  Concept: { name: "Concepts", family: "ideas", shape: "hexagon" },
  Work: { name: "Works", family: "ideas", shape: "hexagon", hollow: true },
};
const KINDS = { Person: "Person", Group: "Group", Country: "Country", Government: "Government", Place: "Place",
  Organization: "Organisation", ArmedGroup: "Armed group", Office: "Office", Concept: "Concept", Work: "Work" };
const STATUSES = {
  asserted: "The text itself says that it happened or holds",
  reported: "Somebody says so; the author does not",
  disputed: "One voice affirms it, another denies it",
  denied: "Said not to have happened or not to hold",
  expected: "Planned, promised, demanded or threatened",
  hypothetical: "Could, would or if: a possibility, a fear, a wish",
};
const STRENGTH = Object.keys(STATUSES);
const QUADS = {
  1: "Verbal cooperation", 2: "Material cooperation", 3: "Verbal conflict", 4: "Material conflict",
  other: "Other events", relation: "Offices and ties",
};
const SECTORS = { GOV: "government", MIL: "military", COP: "police", REB: "rebels", OPP: "opposition", LEG: "legislature",
  JUD: "judiciary", CVL: "civilians", MED: "media", BUS: "business", IGO: "international organisation", NGO: "non-governmental organisation",
  SPY: "intelligence", EDU: "education", ELI: "elites", LAB: "labour", PTY: "party", REL: "religion", CRM: "crime", UAF: "armed men" };
const ROLES = { source: "Who", target: "To whom", recipient: "For whom", instrument: "By what means", topic: "About", place: "Where",
  subject: "Who", object: "What" };

const view = {
  shown: data.first, revealed: new Set(), off: { type: new Set(), status: new Set(), quad: new Set() },
  low: 0, high: 0, undated: true, countries: false, everything: false,
  factor: 1, upright: false, chosen: null, hovered: null, visibleNodes: new Set(), visibleEdges: [],
};

// DOM: children are nodes or text, never HTML.
function el(tag, properties, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}
const byId = (id) => document.getElementById(id);
const bdi = (text) => el("bdi", { dir: "auto" }, text);
const plural = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
function announce(text) { byId("announce").textContent = text; }

function webAddress(text) {
  try {
    const url = new URL(text);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
  } catch { return null; }
}
function outside(text, address) {
  const href = address ? webAddress(address) : null;
  return href ? el("a", { href, rel: "noopener noreferrer", target: "_blank" }, bdi(text)) : bdi(text);
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
function day(iso) {
  const [year, month, date] = iso.split("-").map(Number);
  return `${date} ${MONTHS[month - 1]} ${year}`;
}
function period(dates) {
  if (!dates) return "no date";
  const [start, end] = dates;
  if (start === end) return day(start);
  const last = new Date(Date.UTC(Number(end.slice(0, 4)), Number(end.slice(5, 7)), 0)).getUTCDate();
  if (start.endsWith("-01-01") && end.endsWith("-12-31")) {
    return start.slice(0, 4) === end.slice(0, 4) ? start.slice(0, 4) : `${start.slice(0, 4)}–${end.slice(0, 4)}`;
  }
  if (start.slice(0, 7) === end.slice(0, 7) && start.endsWith("-01") && Number(end.slice(8)) === last) {
    return `${MONTHS[Number(start.slice(5, 7)) - 1]} ${start.slice(0, 4)}`;
  }
  return `${day(start)} to ${day(end)}`;
}

// Time runs in steps: days, months or years, only those in which something happens, so that one old date
// does not press this week into a single pixel.
const times = (() => {
  const starts = facts.filter((fact) => fact.date).map((fact) => fact.date[0]);
  for (const length of [10, 7, 4]) {
    const steps = [...new Set(starts.map((start) => start.slice(0, length)))].sort();
    if (steps.length <= 60 || length === 4) return steps;
  }
  return [];
})();
view.high = Math.max(0, times.length - 1);
function inTime(fact) {
  if (times.length < 2) return true;
  if (!fact.date) return view.undated;
  if (view.low === 0 && view.high === times.length - 1) return true;
  const low = times[view.low], high = times[view.high];
  return fact.date[1].slice(0, low.length) >= low && fact.date[0].slice(0, high.length) <= high;
}

function factVisible(number) {
  const fact = facts[number];
  return !view.off.status.has(fact.status) && !view.off.quad.has(fact.quad) && inTime(fact);
}
const factsOf = new Map(); // actor → facts in which it has a role
facts.forEach((fact, number) => {
  for (const index of new Set(fact.roles.map(([, actor]) => actor))) {
    if (!factsOf.has(index)) factsOf.set(index, []);
    factsOf.get(index).push(number);
  }
});
