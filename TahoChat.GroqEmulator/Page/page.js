const $ = (id) => document.getElementById(id);
const numbers = new Intl.NumberFormat("en");
const times = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
const most = 256;
const rows = new Map();
let faults = [];
let limits = null;

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

async function call(method, path, body) {
  $("error").hidden = true;
  const response = await fetch(path, {
    method,
    headers: body && { "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const answer = response.status === 204 ? null : await response.json().catch(() => null);
  if (!response.ok) throw new Error(answer?.error?.message ?? `${method} ${path} answered ${response.status}.`);
  return answer;
}

/** Runs what a person asked for, and says so where it fails. */
async function attempt(action) {
  try {
    await action();
  } catch (error) {
    $("error").textContent = error.message;
    $("error").hidden = false;
  }
}

function showFault(armed) {
  $("fault-state").dataset.on = String(armed !== null);
  $("fault-off").disabled = armed === null;
  $("fault-state").textContent =
    armed === null
      ? "None is on."
      : `${armed.name}${armed.directives ? ` ${armed.directives}` : ""} strikes ${
          armed.left === null ? "all requests" : armed.left === 1 ? "the next request" : `the next ${armed.left} requests`
        }.`;
}

function showFaultList(list) {
  if (faults.length > 0) return;
  faults = list;
  const groups = new Map([
    ["before_content", "Before the reply"],
    ["after_content", "In the middle of the reply"],
    ["harmless", "Odd, and whole"],
  ]);
  for (const [moment, label] of groups) {
    const options = faults.filter((fault) => fault.moment === moment).map(({ name }) => element("option", { value: name, textContent: name }));
    if (options.length > 0) $("fault-name").append(element("optgroup", { label }, ...options));
  }
  showAbout();
}

function showAbout() {
  $("fault-about").textContent = faults.find(({ name }) => name === $("fault-name").value)?.description ?? "";
}

function showLimits(next) {
  $("limits-state").dataset.on = String(next.enforced);
  $("limits-state").textContent = next.enforced ? "Enforced: what goes beyond is refused." : "Only shown in the headers: nobody is refused.";
  $("limits-off").disabled = !next.enforced;
  const changed = limits === null || Object.keys(next.limits).some((name) => next.limits[name] !== limits.limits[name]);
  if (changed) for (const [name, value] of Object.entries(next.limits)) $("limits-form").elements[name].value = value;
  limits = next;
  $("use").replaceChildren(...next.use.map(useTable));
}

function useTable({ model, ...use }) {
  const names = {
    requests_per_minute: "requests/min",
    requests_per_day: "requests/day",
    tokens_per_minute: "tokens/min",
    tokens_per_day: "tokens/day",
  };
  const lines = Object.entries(names).map(([name, label]) =>
    element(
      "tr",
      {},
      element("th", { scope: "row", textContent: label }),
      element("td", { textContent: `${numbers.format(use[name].used)} of ${numbers.format(use[name].limit)}` }),
      element("td", { textContent: use[name].used > 0 ? `full in ${use[name].reset}` : "full" }),
    ),
  );
  return element("table", {}, element("caption", { textContent: model }), element("tbody", {}, ...lines));
}

function kindOf(request) {
  if (request.outcome === "running") return "busy";
  return request.outcome === "answered" && request.status < 400 && !request.fault ? "good" : "bad";
}

function factsOf(request) {
  const facts = [request.stream ? "streams" : "whole", `${numbers.format(request.tokens_sent)} tokens sent`];
  if (request.method === "POST" && request.body_sha256) facts.push(`post ${request.attempt} of this body`);
  if (request.fault) facts.push(`fault ${request.fault}`);
  facts.push(request.outcome);
  if (request.duration_ms !== null) facts.push(`${numbers.format(request.duration_ms)} ms`);
  if (request.cancel_seen_at) facts.push(`cancel seen at ${times.format(new Date(request.cancel_seen_at))}`);
  return facts.join(" · ");
}

function makeRow(number) {
  const body = element("pre", { tabIndex: 0 });
  const parts = { number: element("span"), time: element("time"), status: element("span"), what: element("span"), facts: element("span") };
  for (const [name, part] of Object.entries(parts)) part.className = name;
  const details = element("details", {}, element("summary", {}, ...Object.values(parts)), body);
  details.addEventListener("toggle", () => {
    if (details.open) attempt(async () => showBody(body, await call("GET", `requests/${number}`)));
  });
  const row = { item: element("li", {}, details), details, parts, body };
  rows.set(number, row);
  $("requests").prepend(row.item);
  while (rows.size > most) {
    const [oldest] = rows.keys();
    rows.get(oldest).item.remove();
    rows.delete(oldest);
  }
  return row;
}

function showBody(target, { body, body_bytes: bytes }) {
  let text = body;
  try {
    text = JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    // Cut off, or no JSON: as it came.
  }
  const shown = new TextEncoder().encode(body).length;
  target.textContent = (text || "No body.") + (bytes > shown && text ? `\n… ${numbers.format(bytes)} bytes in all` : "");
}

function showRequest(request) {
  const { parts } = rows.get(request.number) ?? makeRow(request.number);
  parts.number.textContent = `#${request.number}`;
  parts.time.textContent = times.format(new Date(request.time));
  parts.time.dateTime = request.time;
  parts.status.textContent = request.status === 0 ? "…" : String(request.status);
  parts.status.dataset.kind = kindOf(request);
  parts.what.textContent = `${request.method} ${request.path}${request.model ? ` · ${request.model}` : ""}`;
  parts.facts.textContent = factsOf(request);
}

function show(state) {
  if (state.forgotten) {
    rows.clear();
    $("requests").replaceChildren();
  }
  if (state.faults) showFaultList(state.faults);
  showFault(state.fault);
  showLimits(state.limits);
  state.requests.forEach(showRequest);
  $("none").hidden = rows.size > 0;
  $("posts").textContent = `${numbers.format(state.posts)} completion${state.posts === 1 ? "" : "s"} posted`;
}

function listen() {
  const events = new EventSource("events");
  events.addEventListener("open", () => {
    $("live").textContent = "Live";
    $("live").dataset.kind = "good";
  });
  events.addEventListener("state", ({ data }) => show(JSON.parse(data)));
  events.addEventListener("error", () => {
    $("live").textContent = "Not connected: trying again …";
    $("live").dataset.kind = "bad";
  });
}

$("fault-name").addEventListener("change", showAbout);
$("fault-scope").addEventListener("change", () => {
  $("fault-count-label").hidden = $("fault-scope").value !== "n";
});
$("fault-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const scope = $("fault-scope").value;
  const left = scope === "all" ? null : scope === "n" ? Number($("fault-count").value) : 1;
  attempt(() => call("PUT", "fault", { name: $("fault-name").value, left, directives: $("fault-directives").value }));
});
$("fault-off").addEventListener("click", () => attempt(() => call("DELETE", "fault")));

function putLimits(enforced) {
  const values = Object.fromEntries([...new FormData($("limits-form"))].map(([name, value]) => [name, Number(value)]));
  return attempt(() => call("PUT", "limits", { enforced, limits: values }));
}
$("limits-form").addEventListener("submit", (event) => {
  event.preventDefault();
  putLimits(true);
});
$("limits-off").addEventListener("click", () => putLimits(false));
$("clear").addEventListener("click", () => attempt(() => call("DELETE", "requests")));
listen();
