/** A small invented county behind the site's API, for working on the page without the Python server. See README.md. */

import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { parseArgs } from "node:util";

const { values: flags } = parseArgs({
  options: {
    port: { type: "string", default: "8010" },
    units: { type: "string", default: "40" },
    speed: { type: "string", default: "10" },
    "calls-per-hour": { type: "string", default: "14" },
    hold: { type: "boolean", default: false },
    live: { type: "boolean", default: false },
    moving: { type: "boolean", default: false },
  },
});

const STATIC = join(import.meta.dirname, "../../goldenhour/site/static/web");
const SIDE = 60; // The roads are a bent grid of SIDE x SIDE crossings.
const WEST = -83.2;
const SOUTH = 39.85;
const STEP = 0.0065;
const EPOCH = crypto.randomUUID();

let seed = 7;
const random = () => {
  seed = (seed * 1664525 + 1013904223) % 4294967296;
  return seed / 4294967296;
};
const pick = (list) => list[Math.floor(random() * list.length)];

// ---- The place ----

const bend = (i, j) => [
  WEST + i * STEP + 0.0012 * Math.sin(j * 0.7) + 0.0008 * Math.sin(i * 1.3),
  SOUTH + j * STEP * 0.77 + 0.001 * Math.sin(i * 0.5),
];
const street = (i, j) => `${100 + j * 20} ${["Mill", "Oak", "River", "Church", "Station", "Harbor"][i % 6]} ${["St", "Rd", "Ave"][i % 3]}`;
const STATIONS = Array.from({ length: 14 }, (_, k) => {
  const [i, j] = [5 + ((k * 17) % 50), 5 + ((k * 23) % 50)];
  const [lon, lat] = bend(i, j);
  return { id: `st-${k + 1}`, name: `Station ${k + 1}`, lon, lat, kind: k % 3 ? "career" : "volunteer", i, j };
});
const HOSPITALS = [
  ["h-1", "County General", 30, 28, ["trauma_1", "stemi", "stroke"]],
  ["h-2", "St Brendan", 12, 44, ["stemi"]],
  ["h-3", "Lakeside Women's", 48, 12, ["obstetric"]],
].map(([id, name, i, j, capabilities]) => {
  const [lon, lat] = bend(i, j);
  return { id, name, lon, lat, i, j, kind: "emergency_department", capabilities, diverting: null, advisory: null, unanswered: [], inbound: 0, at_door: 0 };
});
HOSPITALS[1].diverting = { services: ["stemi"], until: "", reason: "Catheter laboratory closed" };
const NATURES = [
  ["cardiac_arrest", "Cardiac arrest", 1],
  ["chest_pain", "Chest pain", 1],
  ["breathing", "Breathing problem", 1],
  ["stroke", "Stroke", 1],
  ["fall", "Fall", 3],
  ["traffic", "Traffic collision", 2],
  ["sick", "Sick person", 3],
  ["transfer", "Transfer", 4],
].map(([key, label, default_priority]) => ({ key, label, default_priority }));

const units = Array.from({ length: Number(flags.units) }, (_, k) => {
  const home = STATIONS[k % STATIONS.length];
  const type = ["ambulance", "ambulance", "engine", "ambulance", "quick_response"][k % 5];
  const sign = { ambulance: "M", engine: "E", quick_response: "Q" }[type] + (k + 1);
  return {
    id: `demo-ems/${sign}`, call_sign: sign, agency: "demo-ems", type, station: home.id, can_transport: type === "ambulance",
    status: "available", mark: "AV", since: "", call_id: null, route: null, destination: null,
    position: { lon: home.lon, lat: home.lat, at: "" }, i: home.i, j: home.j, home,
  };
});

const roads = () => {
  const features = [];
  const line = (cells, name, kind) =>
    features.push({ type: "Feature", properties: { class: kind, name }, geometry: { type: "LineString", coordinates: cells.map(([i, j]) => bend(i, j)) } });
  const steps = Array.from({ length: SIDE }, (_, k) => k);
  for (const k of steps) {
    const kind = k % 20 === 10 ? "freeway" : k % 10 === 5 ? "arterial" : k % 5 === 0 ? "collector" : "residential";
    line(steps.map((j) => [k, j]), `${["Mill", "Oak", "River", "Church", "Station", "Harbor"][k % 6]} ${["St", "Rd", "Ave"][k % 3]}`, kind);
    line(steps.map((i) => [i, k]), `${k} Cross Rd`, kind);
  }
  return { type: "FeatureCollection", features };
};

// ---- Its time, and what is due when ----

let speed = Number(flags.speed);
let paused = false;
let simMs = Date.parse("2026-05-04T14:00:00Z");
let realMs = Date.now();
const iso = (ms = simMs) => new Date(ms).toISOString();
const due = [];
const after = (seconds, act) => due.push({ at: simMs + seconds * 1000, act });
for (const unit of units) unit.since = unit.position.at = iso(simMs - random() * 3.6e6);

setInterval(() => {
  const now = Date.now();
  const until = simMs + (paused ? 0 : (now - realMs) * speed);
  realMs = now;
  for (;;) {
    due.sort((a, b) => a.at - b.at);
    if (!due[0] || due[0].at > until) break;
    const next = due.shift();
    simMs = next.at;
    next.act();
  }
  simMs = until;
}, 100);

// ---- The log and the feed ----

const facts = [];
const listeners = new Set();
const calls = new Map();
const responses = [];
let refuseUntil = 0;

const shown = ({ i: _i, j: _j, home: _home, ...entry }) => entry;
function record(name, stream, payload, changed = {}, actor = "driver") {
  const fact = {
    position: facts.length + 1, name, at: iso(), recorded_at: iso(), actor, stream, payload,
    changed: {
      units: (changed.units ?? []).map(shown), calls: changed.calls ?? [], hospitals: (changed.hospitals ?? []).map(shown),
      ...(changed.measures ? { measures: measures() } : {}),
    },
  };
  facts.push(structuredClone(fact));
  for (const answer of listeners) sendFact(answer, facts.at(-1));
}
const sendFact = (answer, fact) => answer.write(`id: ${fact.position}\nevent: fact\ndata: ${JSON.stringify(fact)}\n\n`);
setInterval(() => {
  const data = JSON.stringify({ at: iso(), speed, paused, server_at: new Date().toISOString(), head: facts.length });
  for (const answer of listeners) answer.write(`event: clock\ndata: ${data}\n\n`);
}, 1000);

const quantile = (list, q) => (list.length ? list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(q * list.length))] : null);
function measures() {
  const all = responses.map((one) => one.s);
  const targets = { 1: 480, 2: 900, 3: 1800, 4: null };
  return {
    date: iso().slice(0, 10),
    response: {
      n: all.length, median_s: quantile(all, 0.5), p90_s: quantile(all, 0.9),
      histogram: Array.from({ length: 30 }, (_, k) => ({ upto_s: (k + 1) * 60, n: all.filter((s) => s > k * 60 && s <= (k + 1) * 60).length })),
    },
    by_priority: [1, 2, 3, 4].map((priority) => {
      const mine = responses.filter((one) => one.priority === priority).map((one) => one.s);
      const target_s = targets[priority];
      return {
        priority, n: mine.length, median_s: quantile(mine, 0.5), p90_s: quantile(mine, 0.9), target_s,
        within: mine.length && target_s ? mine.filter((s) => s <= target_s).length / mine.length : null,
      };
    }),
  };
}

// ---- A call's walk ----

function drive(unit, goal, kmh, whenThere) {
  const started = simMs;
  const points = [[...bend(unit.i, unit.j), 0]];
  let [i, j, s] = [unit.i, unit.j, 0];
  while (i !== goal.i || j !== goal.j) {
    const alongI = j === goal.j || (i !== goal.i && random() < 0.5);
    if (alongI) i += Math.sign(goal.i - i);
    else j += Math.sign(goal.j - j);
    s += 560 / (kmh / 3.6);
    points.push([...bend(i, j), Math.round(s * 10) / 10]);
  }
  unit.route = { started_at: iso(started), points, to: goal.name ?? goal.id, arrive_at: iso(started + s * 1000) };
  const route = unit.route;
  after(s, () => {
    if (unit.route !== route) return;
    Object.assign(unit, { i, j, route: null, position: { lon: points.at(-1)[0], lat: points.at(-1)[1], at: iso() } });
    whenThere();
  });
}
const MARKS = { available: "AV", notified: "NT", en_route: "ER", at_scene: "AS", transporting: "TR", at_hospital: "AH", returning: "RT" };
function stamp(unit, call, name, status, more = {}) {
  Object.assign(unit, { status, mark: MARKS[status], since: iso() });
  const mine = call?.units.find((one) => one.unit === unit.id);
  if (mine) mine.stamps[name] = iso();
  record("fleet.time_stamped", `unit/${unit.id}`, { unit: unit.id, call_id: call?.id ?? "", stamp: name, flags: [] }, {
    units: [unit], calls: call ? [call] : [], ...more,
  }, unit.call_sign);
}
const far = (unit, goal) => (Math.abs(unit.i - goal.i) + Math.abs(unit.j - goal.j)) * 34 + 60;
function recommend(call) {
  const free = units.filter((unit) => ["available", "returning"].includes(unit.status));
  const slots = call.priority === 1 ? ["transport", "first_response"] : ["transport"];
  const chosen = [];
  const shortfalls = [];
  for (const slot of slots) {
    const able = free.filter((unit) => (slot === "transport") === unit.can_transport && !chosen.some((one) => one.unit === unit.id))
      .sort((a, b) => far(a, call) - far(b, call));
    if (!able[0]) shortfalls.push({ slot, why: "No free unit can fill it." });
    else chosen.push({
      slot, unit: able[0].id, arrive_s: far(able[0], call), from_call_id: null, runner_up: able[1]?.id ?? null,
      margin_s: able[1] ? far(able[1], call) - far(able[0], call) : null,
      reason: slot === "transport" ? "Earliest arrival of the units that can transport." : "Arrives first and can give first care.",
    });
  }
  const passed_over = units.filter((unit) => unit.can_transport && !chosen.some((one) => one.unit === unit.id))
    .sort((a, b) => far(a, call) - far(b, call)).slice(0, 4)
    .map((unit) => ({ unit: unit.id, why: unit.status === "available" ? `Arrives later, after ${Math.round(far(unit, call) / 60)} min.` : `On call ${unit.call_id}.` }));
  call.recommendation = { policy: "closest-with-redispatch", plan: "medical/2026-01-01", at: iso(), chosen, passed_over, shortfalls };
  record("dispatch.units_recommended", `call/${call.id}`, { call_id: call.id, ...call.recommendation, rules_hash: "" }, { calls: [call] });
}
function assign(call, unit, slot, actor = "driver") {
  unit.call_id = call.id;
  call.units.push({ unit: unit.id, slot, stamps: { unit_notified: iso() } });
  call.state = "assigned";
  Object.assign(unit, { status: "notified", mark: "NT", since: iso(), route: null });
  record("dispatch.unit_assigned", `call/${call.id}`, { call_id: call.id, unit: unit.id, slot, expected_arrival_s: far(unit, call), reason: "", override: false }, { units: [unit], calls: [call] }, actor);
  after(45, () => {
    drive(unit, call, 60, () => arrive(call, unit));
    stamp(unit, call, "en_route", "en_route");
  });
}
function arrive(call, unit) {
  call.state = call.state === "transporting" ? call.state : "on_scene";
  const first = call.first_on_scene_at === null;
  if (first) {
    call.first_on_scene_at = iso();
    responses.push({ priority: call.priority, s: (simMs - Date.parse(call.received_at)) / 1000 });
  }
  stamp(unit, call, "on_scene", "at_scene", first ? { measures: true } : {});
  after(90, () => stamp(unit, call, "at_patient", "at_scene"));
  after(600 + random() * 600, () => (unit.can_transport ? transport(call, unit) : release(call, unit)));
}
function transport(call, unit) {
  const hospital = HOSPITALS.toSorted((a, b) => far(unit, a) - far(unit, b))[0];
  hospital.inbound += 1;
  call.state = "transporting";
  unit.destination = hospital.id;
  drive(unit, hospital, 45, () => {
    hospital.inbound -= 1;
    hospital.at_door += 1;
    stamp(unit, call, "at_destination", "at_hospital", { hospitals: [hospital] });
    after(600 + random() * 900, () => {
      hospital.at_door -= 1;
      stamp(unit, call, "transfer_of_care", "at_hospital", { hospitals: [hospital] });
      release(call, unit);
    });
  });
  record("hospitals.destination_chosen", `call/${call.id}`, { call_id: call.id, unit: unit.id, facility: hospital.id, reason: "Nearest with room.", passed_over: [] }, { hospitals: [hospital] });
  stamp(unit, call, "left_scene", "transporting");
}
function release(call, unit) {
  Object.assign(unit, { call_id: null, destination: null });
  drive(unit, unit.home, 45, () => stamp(unit, null, "at_home", "available"));
  stamp(unit, call, "back_in_service", "returning");
  const bound = units.some((one) => one.call_id === call.id);
  if (!bound) {
    call.state = "closed";
    record("calls.call_closed", `call/${call.id}`, { call_id: call.id, outcome: "transported" }, { calls: [call] });
  }
}
function receive({ lon, lat, nature, priority, patients, address, i, j }, actor) {
  const id = `26-${String(calls.size + 1).padStart(4, "0")}`;
  const label = NATURES.find((one) => one.key === nature);
  const call = {
    id, received_at: iso(), lon, lat, i, j, address: address || street(i, j), nature, nature_label: label.label,
    priority: priority ?? label.default_priority, patients, state: "waiting", units: [], recommendation: null, first_on_scene_at: null,
  };
  Object.defineProperties(call, { i: { enumerable: false }, j: { enumerable: false } });
  calls.set(id, call);
  record("calls.call_received", `call/${id}`, { call_id: id, lon, lat, nature, priority: call.priority, patients }, { calls: [call] }, actor);
  const answer = () => {
    if (call.units.length) return;
    recommend(call);
    for (const one of call.recommendation.chosen) assign(call, units.find((unit) => unit.id === one.unit), one.slot);
    if (!call.units.length) after(30, answer);
  };
  if (!flags.hold) after(60 + random() * 60, answer);
  return call;
}
function ring() {
  const [i, j] = [Math.floor(4 + random() * 52), Math.floor(4 + random() * 52)];
  const [lon, lat] = bend(i, j);
  receive({ lon, lat, i, j, nature: pick(NATURES).key, patients: random() < 0.9 ? 1 : 2 }, "caller");
}
if (flags.moving) {
  const roam = (unit) => {
    const goal = { id: "a corner", i: Math.floor(random() * SIDE), j: Math.floor(random() * SIDE) };
    if (goal.i === unit.i && goal.j === unit.j) return roam(unit);
    drive(unit, goal, 50, () => roam(unit));
    stamp(unit, null, "back_in_service", "returning");
  };
  for (const unit of units) {
    Object.assign(unit, { i: Math.floor(random() * SIDE), j: Math.floor(random() * SIDE) }); // Not in heaps at the stations.
    roam(unit);
  }
}
const perHour = Number(flags["calls-per-hour"]);
if (perHour > 0) {
  const loop = () => after((-Math.log(1 - random()) * 3600) / perHour, () => (ring(), loop()));
  loop();
  for (let k = 0; k < Math.min(12, perHour / 2); k++) after(k * 40, ring);
}

// ---- HTTP ----

const board = () => ({
  position: facts.length, epoch: EPOCH, at: iso(), clock: { at: iso(), speed, paused }, demo: !flags.live,
  region: { name: "Fake County", time_zone: "America/New_York", bounds: [WEST, SOUTH, WEST + SIDE * STEP, SOUTH + SIDE * STEP * 0.77], centre: [WEST + 30 * STEP, SOUTH + 23 * STEP], jurisdiction: "US-XX" },
  stations: STATIONS.map(shown), hospitals: HOSPITALS.map(shown), units: units.map(shown),
  calls: [...calls.values()].filter((call) => call.state !== "closed"), measures: measures(), natures: NATURES,
});
const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".json": "application/json" };
const CSP = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

function json(answer, status, body) {
  answer.writeHead(status, { "Content-Type": "application/json" });
  answer.end(body === undefined ? "" : JSON.stringify(body));
}
const refuse = (answer, status, what, todo) => json(answer, status, { code: "refused", what, do: todo });

function feed(request, answer, url) {
  const from = Number(request.headers["last-event-id"] ?? url.searchParams.get("after") ?? facts.length);
  answer.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  for (const fact of facts.slice(from)) sendFact(answer, fact);
  listeners.add(answer);
  request.on("close", () => listeners.delete(answer));
}

function post(path, body, answer) {
  const gesture = /^\/api\/calls\/([^/]+)\/assignments$/.exec(path);
  if (path === "/dev/cut") {
    refuseUntil = Date.now() + body.seconds * 1000;
    json(answer, 204);
    for (const one of listeners) one.destroy();
  } else if (path === "/api/demo") {
    ({ speed, paused } = body);
    json(answer, 200, { speed, paused, at: iso() });
  } else if (path === "/api/calls") {
    const i = Math.max(0, Math.min(SIDE - 1, Math.round((body.lon - WEST) / STEP)));
    const j = Math.max(0, Math.min(SIDE - 1, Math.round((body.lat - SOUTH) / (STEP * 0.77))));
    json(answer, 201, { call_id: receive({ ...body, i, j }, "desk").id });
  } else if (gesture) {
    const call = calls.get(decodeURIComponent(gesture[1]));
    const unit = units.find((one) => one.id === body.unit);
    if (!call || !unit) return refuse(answer, 404, "There is no such call or unit.", "Look at the board again.");
    if (unit.call_id) return refuse(answer, 409, `${unit.call_sign} has been on call ${unit.call_id} since ${unit.since.slice(11, 19)}.`, "Pick another unit, or clear it from that call first.");
    assign(call, unit, body.slot, "desk");
    json(answer, 204);
  } else refuse(answer, 404, "There is nothing here.", "");
}

function get(path, request, answer, url) {
  const asked = /^\/api\/calls\/([^/]+)\/recommendation$/.exec(path);
  if (path === "/api/board") return json(answer, 200, board());
  if (path === "/api/feed") return feed(request, answer, url);
  if (path === "/api/log") return json(answer, 200, facts.slice(-Number(url.searchParams.get("limit") ?? 50)).map(({ changed: _, ...fact }) => fact));
  if (path === "/map/roads.geojson") return json(answer, 200, roads());
  if (asked && calls.has(asked[1])) {
    recommend(calls.get(asked[1]));
    return json(answer, 200, calls.get(asked[1]).recommendation);
  }
  const page = path === "/" || /^\/(me|workforce|signin)(\/|$)/.test(path); // One file serves every page.
  const file = page ? join(STATIC, "index.html") : join(STATIC, normalize(path.replace("/static/web/", "/")));
  if (!file.startsWith(STATIC) || !existsSync(file) || !statSync(file).isFile()) return refuse(answer, 404, "There is nothing here.", "");
  answer.writeHead(200, { "Content-Type": TYPES[extname(file)] ?? "application/octet-stream", "Content-Security-Policy": CSP, "X-Content-Type-Options": "nosniff" });
  createReadStream(file).pipe(answer);
}

createServer((request, answer) => {
  if (Date.now() < refuseUntil) return void request.socket.destroy();
  const url = new URL(request.url, "http://localhost");
  if (request.method !== "POST") return void get(url.pathname, request, answer, url);
  let text = "";
  request.on("data", (part) => (text += part));
  request.on("end", () => post(url.pathname, JSON.parse(text || "{}"), answer));
}).listen(Number(flags.port), "127.0.0.1", () => console.log(`Fake county at http://localhost:${flags.port}`));
