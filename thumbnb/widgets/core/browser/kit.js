// What every widget's file may use. It is put before that file (see front.py), so nothing
// here is imported or exported.

/**
 * Make an element. Strings become text, never HTML; "on..." are listeners; what can have
 * the focus keeps its keys from the notebook.
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...(Node|string|null|undefined|false)} children
 */
function h(tag, props = {}, ...children) {
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith("on")) el.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked" || name === "disabled") el[name] = value;
    else if (value !== null && value !== undefined && value !== false) {
      el.setAttribute(name, value === true ? "" : String(value));
    }
  }
  if (tag === "button" && !props.type) el.type = "button";
  if (/^(button|input|select|textarea|summary)$/.test(tag) || "tabindex" in props) keepKeys(el);
  el.append(...children.filter((child) => child || child === ""));
  return el;
}

// Lab asks the focused element itself for the attribute; marimo and others only see events.
function keepKeys(el) {
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.addEventListener("keydown", (event) => event.stopPropagation());
}

/** Call fn now and whenever one of the traits changes, until the view is gone. */
function follow(model, names, fn, signal) {
  const events = names.map((name) => `change:${name}`);
  for (const event of events) model.on(event, fn);
  signal.addEventListener("abort", () => events.forEach((event) => model.off(event, fn)), { once: true });
  fn();
}

/** Set traits, and let Python know when the notebook comes to it. For what changes all the time. */
function save(model, traits) {
  for (const [name, value] of Object.entries(traits)) model.set(name, value);
  model.save_changes();
}

// Who told lately in this page, how often, and when; for all copies of this file.
const lately = (globalThis.thumbnbTold ??= new Map());
const tellers = new WeakMap();

/**
 * Set traits and tell Python at once. While one change of a widget is under way the notebook
 * holds the next ones back; so a message goes along, which nothing holds back. `said` numbers
 * both, and by it a click is known to come after them (button.js, heard.py).
 */
function tell(model, traits) {
  const teller = tellers.get(model) ?? { who: Math.random().toString(36).slice(2), count: 0 };
  tellers.set(model, teller);
  teller.count += 1;
  const said = { ...traits, said: [teller.who, teller.count] };
  save(model, said);
  try {
    model.send({ kind: "set", traits: said });
    lately.set(teller.who, { count: teller.count, at: Date.now() });
  } catch {
    // Without a kernel there is nobody to tell; to ask says so.
  }
}

/** How far everybody was who told something in the last minute: {who: count}. */
function toldLately() {
  for (const [who, { at }] of lately) if (Date.now() - at > 60_000) lately.delete(who);
  return Object.fromEntries([...lately].map(([who, { count }]) => [who, count]));
}

/** Listen to messages from Python of which a part is this, until the view is gone. */
function hear(model, name, value, fn, signal) {
  const listen = (content, buffers) => content?.[name] === value && fn(content, buffers ?? []);
  model.on("msg:custom", listen);
  signal.addEventListener("abort", () => model.off("msg:custom", listen), { once: true });
}

/** Call fn when the kernel is gone, which the notebook says once; it never comes back. */
function lost(model, fn, signal) {
  model.on("comm_live_update", fn);
  signal.addEventListener("abort", () => model.off("comm_live_update", fn), { once: true });
}

/**
 * Ask Python; resolves to {answer, buffers}, rejects with the error's words, or where the
 * kernel is gone. The signal ends the wait with the view.
 */
function ask(model, kind, body = {}, { buffers, signal } = {}) {
  const number = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
  const waiting = new AbortController();
  signal?.addEventListener("abort", () => waiting.abort(), { signal: waiting.signal });
  const answered = new Promise((resolve, reject) => {
    const gone = () => reject(new Error("The kernel is not there any more: run the cell again."));
    const listen = (content, attached) => {
      if (content.error) reject(new Error(content.error));
      else resolve({ answer: content.answer, buffers: attached });
    };
    hear(model, "number", number, listen, waiting.signal);
    lost(model, gone, waiting.signal);
    try {
      model.send({ ...body, kind, number }, undefined, buffers);
    } catch {
      gone();
    }
  });
  return answered.finally(() => waiting.abort());
}

/**
 * Call fn at most every ms milliseconds, the last call never lost. flush() calls it now,
 * pause() not before ms from now.
 */
function throttled(fn, ms) {
  let timer = 0;
  let waiting = null;
  let last = -Infinity;
  const run = () => {
    clearTimeout(timer);
    timer = 0;
    if (!waiting) return;
    const args = waiting;
    waiting = null;
    last = performance.now();
    fn(...args);
  };
  const call = (...args) => {
    waiting = args;
    if (!timer) timer = setTimeout(run, Math.max(0, last + ms - performance.now()));
  };
  call.flush = run;
  call.pause = () => {
    last = performance.now();
    clearTimeout(timer);
    timer = waiting ? setTimeout(run, ms) : 0;
  };
  return call;
}

/** Encoded bytes as an address for <img>; give it back with URL.revokeObjectURL. */
function blobUrl(bytes, type = "image/jpeg") {
  return URL.createObjectURL(new Blob([bytes], { type }));
}

/** The error area: follows the trait "error", announced at once, can be dismissed. */
function errorArea(model, signal) {
  const text = h("span", {});
  const close = h("button", { class: "thumbnb-icon", "aria-label": "Dismiss" }, "\u00d7");
  close.addEventListener("click", () => tell(model, { error: "" }));
  const area = h("div", { class: "thumbnb-error", role: "alert", hidden: true }, text, close);
  follow(model, ["error"], () => {
    text.textContent = model.get("error");
    area.hidden = !model.get("error");
  }, signal);
  return area;
}

/** Seconds as a clock: 83.5 is 1:23.5 */
function clock(seconds, digits = 1) {
  const whole = Math.max(0, Number(seconds) || 0);
  const unit = 10 ** digits;
  const parts = Math.round(whole * unit);
  const secs = (parts % (60 * unit)) / unit;
  const mins = Math.floor(parts / (60 * unit)) % 60;
  const hours = Math.floor(parts / (3600 * unit));
  const padded = secs.toFixed(digits).padStart(digits ? digits + 3 : 2, "0");
  return hours ? `${hours}:${String(mins).padStart(2, "0")}:${padded}` : `${mins}:${padded}`;
}
