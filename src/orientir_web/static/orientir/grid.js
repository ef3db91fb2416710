// Filling a form: keys, paste from a spreadsheet, and one queue of cells to one address.
// The server is the store. What it has not acknowledged waits here, also when the page is closed or there is no network;
// it is kept by form and person, and nothing of it is dropped before the server has it or the person has decided.

const form = document.getElementById("grid");
const words = JSON.parse(document.getElementById("words").textContent);
const KEY = `orientir:queue:${form.dataset.form}:${form.dataset.person}`;
const AFTER_CELL = 300; // ms from leaving a cell to saving it
const AFTER_TYPING = 1500; // ms of silence inside a cell
const AGAIN = 5000; // ms until what waits is tried again
const MOST = 2000; // cells in one request

const fields = [...form.querySelectorAll("[name^='cell:']")];
const byCode = new Map(fields.map((field) => [codeOf(field), field]));
const rows = [...form.querySelectorAll("table.entry tbody tr")]
  .map((row) => [...row.querySelectorAll("[name^='cell:']")])
  .filter((row) => row.length);
const before = new WeakMap(); // what a field held when it was entered, for Esc
let queue = {}; // code -> {text, reason, version, state: waiting|bad|conflict, stamp}
let stamp = 0;
let timer = 0;
let isSending = false;

function codeOf(field) {
  return field.name.slice(field.name.indexOf(":") + 1);
}

function say(text, values = {}) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

// ---- the queue

function stored() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) || {};
  } catch {
    return {};
  }
}

// Only the own cell is written: another tab of the same form keeps its cells in the same place.
function keep(code) {
  try {
    const all = stored();
    if (queue[code]) all[code] = queue[code];
    else delete all[code];
    if (Object.keys(all).length) localStorage.setItem(KEY, JSON.stringify(all));
    else localStorage.removeItem(KEY);
  } catch {
    // Without storage the queue lives as long as the page, which asks before it is left.
  }
}

function reasonOf(code) {
  const field = form.elements[`reason:${code}`];
  return field ? field.value.trim() : "";
}

function enqueue(field, delay) {
  const code = codeOf(field);
  const cell = byCode.get(code); // `field` may be the reason of the row
  const version = queue[code]?.version ?? Number(cell.dataset.version);
  queue[code] = { text: cell.value.trim(), reason: reasonOf(code), version, state: "waiting", stamp: ++stamp };
  keep(code);
  tell(cell, "waiting");
  told(cell).replaceChildren();
  showQueue();
  plan(delay);
}

function waiting() {
  return Object.entries(queue).filter(([, one]) => one.state === "waiting");
}

function plan(delay) {
  clearTimeout(timer);
  timer = setTimeout(send, delay);
}

async function send() {
  clearTimeout(timer);
  const sent = waiting().slice(0, MOST);
  if (isSending || !sent.length) return;
  isSending = true;
  let isHeard = false;
  try {
    isHeard = await post(sent);
  } finally {
    isSending = false;
  }
  if (waiting().length) plan(isHeard ? AFTER_CELL : AGAIN);
}

async function post(sent) {
  const cells = sent.map(([code, one]) => ({ code, text: one.text, reason: one.reason, version: one.version }));
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
  let response;
  try {
    response = await fetch(form.dataset.batch, {
      method: "POST",
      redirect: "manual", // to the log-in: the session has ended
      headers: { "Content-Type": "application/json", "X-CSRFToken": token ? token[1] : "" },
      body: JSON.stringify({ person: Number(form.dataset.person), cells }),
    });
  } catch {
    showQueue(words.offline);
    return false;
  }
  if (response.type === "opaqueredirect") showQueue(words.session);
  else if (response.ok) take(await response.json(), new Map(sent));
  else await refused(response);
  return response.ok;
}

async function refused(response) {
  const isJson = (response.headers.get("Content-Type") || "").includes("json");
  const reason = isJson ? (await response.json()).refused : "";
  if (response.status === 409) showQueue(`${reason} ${words.unsaved}`);
  else if (response.status < 500) showQueue(words.forbidden);
  else showQueue(words.offline);
}

// ---- the answer

function take(answer, sent) {
  for (const one of answer.cells) takeCell(one, sent.get(one.code));
  for (const row of form.querySelectorAll("div[id^='i']")) {
    const html = answer.issues[row.id] || "";
    if (row.innerHTML !== html) row.innerHTML = html; // escaped by the server
  }
  answer.sums.forEach((text, place) => {
    const field = document.getElementById(`t${place}`);
    if (field) field.textContent = text;
  });
  document.getElementById("summary").innerHTML = answer.summary;
  for (const name of ["filled", "asked", "errors", "warnings"]) document.getElementById(name).textContent = answer[name];
  const wrong = new Set(answer.wrong);
  for (const field of fields) mark(field, wrong.has(field.id) || queue[codeOf(field)]?.state === "bad");
  showQueue();
}

function mark(field, isWrong) {
  if (isWrong) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
}

function takeCell(one, sent) {
  const field = byCode.get(one.code);
  const isSame = queue[one.code]?.stamp === sent.stamp; // nothing was typed meanwhile
  if (!field) delete queue[one.code];
  else if (one.outcome === "saved") takeSaved(field, one, isSame);
  else if (isSame) {
    queue[one.code].state = one.outcome;
    tell(field, one.outcome);
    if (one.outcome === "bad") told(field).replaceChildren(paragraph(one, `${one.message} ${words.fix}`));
    else askWhose(field, one);
  }
  keep(one.code);
}

function takeSaved(field, one, isSame) {
  field.dataset.version = one.version;
  if (!isSame) {
    if (queue[one.code]) queue[one.code].version = one.version;
    return;
  }
  delete queue[one.code];
  field.dataset.state = one.state;
  if (field !== document.activeElement || field.value.trim() !== one.text) show(field, one.text);
  tell(field, "saved");
  told(field).replaceChildren(...(one.message ? [paragraph(one, one.message)] : []));
}

function show(field, text) {
  if (field.tagName === "SELECT" && ![...field.options].some((option) => option.value === text)) {
    field.add(new Option(text, text));
  }
  field.value = text;
}

function paragraph(one, text) {
  const made = document.createElement("p");
  made.className = one.outcome === "saved" ? "issue info" : "issue error";
  made.textContent = one.title ? `${one.title}: ${text}` : text;
  return made;
}

// Two people have changed one cell: nobody's number is thrown away before somebody has looked at both.
function askWhose(field, one) {
  const text = say(words.other, { text: one.text || words.empty, own: queue[one.code].text || words.empty });
  const made = paragraph(one, text);
  made.append(" ", choice(words.keep_mine, () => keepMine(field, one)), " ", choice(words.take_other, () => takeOther(field, one)));
  told(field).replaceChildren(made);
}

function choice(text, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "choice";
  button.textContent = text;
  button.addEventListener("click", act);
  return button;
}

function keepMine(field, one) {
  queue[one.code].version = one.version;
  enqueue(field, 0);
  field.focus();
}

function takeOther(field, one) {
  delete queue[one.code];
  keep(one.code);
  field.dataset.version = one.version;
  field.dataset.state = one.state;
  show(field, one.text);
  const reason = form.elements[`reason:${one.code}`];
  if (reason) reason.value = one.reason;
  told(field).replaceChildren();
  tell(field, "saved");
  showQueue();
  field.focus();
}

// ---- what the page says

function told(field) {
  return document.getElementById(`w${field.dataset.row}`);
}

function tell(field, state) {
  const place = document.getElementById(field.id.replace("c", "s"));
  place.textContent = words[state];
  place.className = `status ${state}`;
}

function showQueue(text = "") {
  const count = Object.keys(queue).length;
  const stuck = count - waiting().length;
  const own = count === 0 ? words.all_saved : stuck ? words.unsaved : words.saving;
  document.getElementById("queue").textContent = say(text || own, { count });
}

// ---- keys

function beside(field, down, right) {
  const place = rows.findIndex((row) => row.includes(field));
  const column = rows[place].indexOf(field);
  const row = rows[place + down];
  return row && (down ? row[Math.min(column, row.length - 1)] : row[column + right]);
}

function go(field) {
  if (!field) return;
  field.focus();
  if (field.select) field.select();
}

function isAtEdge(field, right) {
  if (field.tagName === "SELECT") return false;
  const { selectionStart: start, selectionEnd: end, value } = field;
  const isWhole = start === 0 && end === value.length;
  return isWhole || (start === end && start === (right > 0 ? value.length : 0));
}

const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function press(event) {
  const field = event.target.closest("[name^='cell:']");
  if (!field || event.altKey || event.metaKey || event.isComposing) return;
  if (event.key === "Enter") {
    event.preventDefault();
    if (event.ctrlKey) field.closest("td").querySelector("a.more").click();
    else go(beside(field, event.shiftKey ? -1 : 1, 0));
  } else if (event.key === "Escape" && before.has(field) && field.value !== before.get(field)) {
    field.value = before.get(field);
    if (field.select) field.select();
    enqueue(field, AFTER_CELL);
  } else if (event.key in steps && !event.ctrlKey && !event.shiftKey) {
    const [down, right] = steps[event.key];
    // In a list of choices the arrows choose; in a number they go on once its edge is reached.
    if (down ? field.tagName === "SELECT" : !isAtEdge(field, right)) return;
    const next = beside(field, down, right);
    if (next) event.preventDefault();
    go(next);
  }
}

// ---- paste

function paste(event) {
  const field = (event.target.form ? event.target : document.activeElement).closest("[name^='cell:']");
  const text = event.clipboardData.getData("text/plain");
  if (!field || !/[\t\n\r]/.test(text.trim())) return;
  event.preventDefault();
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  const table = field.closest("table");
  const own = rows.filter((row) => row[0].closest("table") === table);
  const top = own.findIndex((row) => row.includes(field));
  const left = own[top].indexOf(field);
  let lost = 0;
  lines.forEach((line, down) => line.forEach((part, right) => {
    const target = own[top + down]?.[left + right];
    if (target) put(target, part);
    else if (part.trim()) lost += 1;
  }));
  if (lost) told(field).append(paragraph({ outcome: "bad" }, say(words.too_wide, { count: lost })));
  plan(AFTER_CELL);
}

function put(field, part) {
  const text = part.replace(/^"([^"]*)"$/, "$1").trim();
  show(field, field.tagName === "SELECT" ? text.toLowerCase() : text);
  enqueue(field, AFTER_CELL);
}

// ---- a mark is put into the empty cells of its row

function markRow(select) {
  for (const field of select.closest("tr").querySelectorAll("[name^='cell:']")) {
    if (field.value.trim() || !select.value) continue;
    field.value = select.value;
    enqueue(field, AFTER_CELL);
  }
  select.value = "";
}

// ---- the page begins, ends, and goes on

function restore() {
  const found = Object.entries(stored()).filter(([code]) => byCode.has(code));
  for (const [code, one] of found) {
    const field = byCode.get(code);
    queue[code] = { ...one, state: "waiting", stamp: ++stamp }; // the server says anew what is wrong with it
    show(field, one.text);
    const reason = form.elements[`reason:${code}`];
    if (reason && one.reason) reason.value = one.reason;
    tell(field, "waiting");
  }
  showQueue(found.length ? words.restored : words.all_saved);
  if (found.length) plan(0);
}

function typed(event, delay) {
  const { name } = event.target;
  if (name?.startsWith("mark:")) markRow(event.target);
  else if (name?.startsWith("cell:") || name?.startsWith("reason:")) enqueue(event.target, delay);
}

form.addEventListener("input", (event) => event.target.name?.startsWith("mark:") || typed(event, AFTER_TYPING));
form.addEventListener("change", (event) => typed(event, AFTER_CELL));
form.addEventListener("keydown", press);
document.addEventListener("paste", paste); // in a list of choices it happens to the page and not to the field
form.addEventListener("focusin", ({ target }) => {
  if (!target.name?.startsWith("cell:")) return;
  before.set(target, target.value);
  if (target.select) target.select();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  plan(0);
});
for (const link of form.querySelectorAll("a.more")) link.tabIndex = -1; // Ctrl+Enter opens it from the cell
addEventListener("online", () => plan(0));
addEventListener("offline", () => showQueue(words.offline));
addEventListener("beforeunload", (event) => {
  if (Object.keys(queue).length) event.preventDefault();
});
document.querySelector(".tools")?.addEventListener("click", () => waiting().length && send());
form.classList.add("live"); // cells save themselves: the button is for browsers without scripts
restore();
