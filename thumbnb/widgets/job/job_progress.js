const MARKS = { running: "", done: "\u2713", failed: "!", cancelled: "\u2013", left: "\u2026", lost: "?" };

// How a job that had not ended is shown where the kernel it was told by is gone.
const LOST = {
  state: "lost", words: "Not known", eta: null, credits: null, again: false,
  next: "The kernel was restarted: run the cell again. What a service has begun is not lost:",
  code: "client.resume()",
};

/** Seconds as people say them: 8 s, 1 min 20 s. */
function span(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const rest = whole % 60;
  if (whole < 3600) return rest ? `${Math.floor(whole / 60)} min ${rest} s` : `${whole / 60} min`;
  return `${Math.floor(whole / 3600)} h ${Math.round((whole % 3600) / 60)} min`;
}

/** The seconds left, from what was told of them some seconds ago. */
function timeLeft(eta, ago) {
  if (!eta) return "";
  const [half, most] = eta.map((seconds) => seconds - ago);
  if (most < 1) return "longer than usual";
  if (half < 1) return `any moment, at most ${span(most)}`;
  return `about ${span(half)} left, at most ${span(most)}`;
}

const cost = (credits) => `${+credits.toFixed(2)} credit${credits === 1 ? "" : "s"}`;

/** A bar with a part for each picture, so that each can be seen to land. */
function progressBar(name) {
  const el = h("div", {
    class: "thumbnb-bar", role: "progressbar", "aria-label": name, "aria-valuemin": 0, "aria-valuemax": 100,
  });
  return {
    el,
    update({ state, fraction, done, total, words }) {
      const parts = Math.min(Math.max(total ?? 1, 1), 24);
      while (el.children.length < parts) el.append(h("span", {}, h("span", {})));
      while (el.children.length > parts) el.lastChild.remove();
      const landed = total ? ((done ?? 0) / total) * parts : 0;
      const reached = state === "done" ? parts : Math.max(landed, (fraction ?? 0) * parts);
      const lost = state === "running" && fraction === null;
      [...el.children].forEach((part, index) => {
        const share = Math.min(1, Math.max(0, reached - index));
        part.firstChild.style.width = `${share * 100}%`;
        part.classList.toggle("thumbnb-bar-unknown", lost && share < 1 && share >= 0 && reached < index + 1 && reached >= index);
      });
      el.setAttribute("aria-valuetext", words);
      if (lost) el.removeAttribute("aria-valuenow");
      else el.setAttribute("aria-valuenow", Math.round((reached / parts) * 100));
    },
  };
}

/** The pictures of a job, small, as they land. */
function previewStrip(model, key, signal) {
  const el = h("ul", { class: "thumbnb-previews", "aria-label": "Pictures so far", hidden: true });
  const urls = new Map();
  const put = (index, bytes) => {
    if (urls.has(index)) return;
    const url = blobUrl(bytes);
    urls.set(index, url);
    const item = h("li", {}, h("img", { src: url, alt: `Picture ${index + 1}` }));
    item.dataset.index = index;
    const after = [...el.children].find((other) => Number(other.dataset.index) > index);
    el.insertBefore(item, after ?? null);
    el.hidden = false;
  };
  const clear = () => {
    for (const url of urls.values()) URL.revokeObjectURL(url);
    urls.clear();
    el.replaceChildren();
    el.hidden = true;
  };
  let asked = false;
  async function fetch() {
    if (asked) return;
    asked = true;
    try {
      const { answer, buffers } = await ask(model, "previews", { job: key }, { signal });
      if (!signal.aborted) answer.forEach((index, place) => put(index, buffers[place]));
    } catch {
      // They are a look ahead: the result has them all.
    }
    asked = false;
  }
  hear(model, "kind", "preview", (told, [bytes]) => told.job === key && put(told.index, bytes), signal);
  return {
    el,
    clear,
    update({ previews }) {
      if (!previews) clear();
      // They are sent as they land; a view that comes later asks for those it missed.
      else if (urls.size < previews) fetch();
    },
  };
}

/** One job; a row is made once and brought up to date, so that the focus stays where it is. */
function jobRow(model, key, signal) {
  const ended = new AbortController();
  const gone = AbortSignal.any([signal, ended.signal]);
  let row = {};
  let arrived = 0;

  const mark = h("span", { class: "thumbnb-job-mark", "aria-hidden": "true" });
  const name = h("strong", {});
  const words = h("span", {});
  const time = h("span", { class: "thumbnb-job-time" });
  const credits = h("span", {});
  const left = h("span", {});
  const next = h("span", {});
  const code = h("code", {});
  const line = h("p", { class: "thumbnb-job-next" }, next, code);
  const bar = progressBar("Progress");
  const strip = previewStrip(model, key, gone);

  const press = (label, kind, props = {}) =>
    h("button", { class: "thumbnb-button", ...props, onclick: () => act(kind) }, label);
  const cancel = press("Cancel", "cancel");
  const leave = press("Leave running", "leave", { title: "It goes on; here it is no longer watched" });
  const watch = press("Watch again", "watch");
  const again = press("Try again", "again");
  const sure = press("Cancel all the same", "sure");
  const keep = press("Keep waiting", "keep");
  const warning = h("p", { class: "thumbnb-job-next" },
    "The service has begun. What it has begun it finishes, and it is paid: cancelled here, it is only no longer waited for.");
  const question = h("div", { class: "thumbnb-job-question", hidden: true }, warning,
    h("div", { class: "thumbnb-job-buttons" }, keep, sure));
  const buttons = h("div", { class: "thumbnb-job-buttons" }, cancel, leave, watch, again);

  const el = h("section", { class: "thumbnb-job", tabindex: -1 },
    h("div", { class: "thumbnb-job-head" }, mark, name, words,
      h("span", { class: "thumbnb-job-figures" }, left, credits, time)),
    bar.el, strip.el, line, question, buttons);

  async function act(kind) {
    if (kind === "cancel" && row.begun) return asking(true);
    if (kind === "keep") return asking(false);
    asking(false);
    try {
      await ask(model, kind === "sure" ? "cancel" : kind, { job: key }, { signal: gone });
    } catch (error) {
      model.set("error", error.message);
    }
  }

  function asking(on) {
    if (question.hidden === !on) return;
    question.hidden = !on;
    cancel.hidden = on || row.state !== "running";
    leave.hidden = cancel.hidden;
    (on ? keep : cancel).focus();
  }

  const tick = () => {
    const running = row.state === "running";
    const ago = running ? (performance.now() - arrived) / 1000 : 0;
    time.textContent = running ? span(row.elapsed + ago) : "";
    left.textContent = running ? timeLeft(row.eta, ago) : "";
  };

  const show = (button, on) => {
    // What had the focus and goes gives it to the row: a keyboard must not be lost.
    if (!on && button.matches(":focus")) el.focus();
    button.hidden = !on;
  };

  return {
    el,
    tick,
    running: () => row.state === "running",
    state: () => row.state,
    says: () => `${row.name}: ${row.words}. ${row.next}`,
    update(told) {
      row = told;
      arrived = performance.now();
      el.dataset.state = row.state;
      el.setAttribute("aria-label", row.name);
      bar.el.setAttribute("aria-label", `Progress of: ${row.name}`);
      mark.textContent = MARKS[row.state];
      name.textContent = row.name;
      words.textContent = row.words;
      // A failed job's price was perhaps not taken; a done one's is in its summary.
      const going = row.state === "running" || row.state === "left";
      credits.textContent = going && row.credits !== null ? cost(row.credits) : "";
      next.textContent = row.next;
      code.textContent = row.code;
      line.hidden = !row.next;
      bar.update(row);
      bar.el.hidden = row.state === "failed" || row.state === "cancelled";
      strip.update(row);
      const running = row.state === "running";
      if (!running && !question.hidden) {
        if (question.contains(document.activeElement)) el.focus();
        question.hidden = true;
      }
      show(cancel, running && question.hidden);
      show(leave, running && question.hidden);
      show(watch, row.state === "left");
      show(again, row.again);
      again.textContent = row.credits ? `Try again (${cost(row.credits)})` : "Try again";
      buttons.hidden = [...buttons.children].every((button) => button.hidden);
      tick();
    },
    remove() {
      ended.abort();
      strip.clear();
      el.remove();
    },
  };
}

export default {
  render({ model, el, signal }) {
    const rows = new Map();
    const spoken = h("div", { class: "thumbnb-unseen", role: "status" });
    const sum = h("span", {});
    const all = progressBar("Progress of all jobs");
    const head = h("div", { class: "thumbnb-jobs-head", hidden: true }, sum, all.el);
    const list = h("div", { class: "thumbnb-job-list" });
    el.classList.add("thumbnb");
    el.append(h("div", { class: "thumbnb-jobs" }, head, list, spoken), errorArea(model, signal));

    let gone = false;
    const show = () => {
      const going = (row) => row.state === "running" || row.state === "left";
      const told = model.get("jobs_state").map((row) => (gone && going(row) ? { ...row, ...LOST } : row));
      const keys = new Set(told.map((row) => row.key));
      for (const [key, row] of rows) {
        if (keys.has(key)) continue;
        row.remove();
        rows.delete(key);
      }
      const news = [];
      for (const each of told) {
        let row = rows.get(each.key);
        if (!row) {
          row = jobRow(model, each.key, signal);
          rows.set(each.key, row);
          list.append(row.el);
        }
        const before = row.state();
        row.update(each);
        // Only the turns of a job are announced; its progress is there to be asked for.
        if (before && before !== each.state) news.push(row.says());
      }
      if (news.length) spoken.textContent = news.join(" ");
      const running = told.filter((row) => row.state === "running").length;
      head.hidden = told.length < 2 || gone;
      sum.textContent = `${told.length - running} of ${told.length} jobs ended`;
      all.update({ state: running ? "running" : "done", fraction: model.get("fraction"), words: sum.textContent });
    };
    follow(model, ["jobs_state", "fraction"], show, signal);
    lost(model, () => {
      gone = true;
      show();
    }, signal);

    const timer = setInterval(() => {
      for (const row of rows.values()) if (row.running()) row.tick();
    }, 1000);
    signal.addEventListener("abort", () => {
      clearInterval(timer);
      for (const row of rows.values()) row.remove();
    });
    // What a view is made from may have been told long ago.
    if ([...rows.values()].some((row) => row.running())) model.send({ kind: "look" });
  },
};
