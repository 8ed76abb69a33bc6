// So many frames are fetched before an arrow asks for them: further back, where each so often
// a whole stretch has to be decoded. At least so many at once; of so many that are kept.
const THUMBNB_AHEAD = { 1: 6, "-1": 10 };
const THUMBNB_AT_ONCE = 2;
const THUMBNB_KEPT = 16;

/**
 * The big picture. Scrubbing shows tiles of the storyboard; when the pointer rests, the
 * very frame, and then its neighbours are fetched. Of what is asked for only the newest counts.
 */
function screen(model, signal) {
  const canvas = h("canvas", { class: "thumbnb-screen-canvas", "aria-hidden": "true" });
  const note = h("div", { class: "thumbnb-screen-note", hidden: true });
  const el = h("div", { class: "thumbnb-screen" }, canvas, note);
  const context = canvas.getContext("2d", { alpha: false });
  let sheet = null;
  let frames = []; // the very frames at hand: {bitmap, time, until}
  let exact = null; // the one of them that is shown
  let heading = 1; // the way the last step went
  let batches = 0; // of frames that were fetched ahead
  let coming = 0; // the one that is under way
  const waiting = []; // who is called when a frame of it is there
  let films = 0; // what was asked of one video is nothing for the next
  let now = 0;
  let frame = 0;
  let newest = 0;
  const me = Math.random().toString(36).slice(2); // views of one widget ask each for itself
  let played = null; // {el, seek} of a hosted video

  function paint() {
    frame = 0;
    if (exact && exact.time <= now && now < exact.until) {
      context.drawImage(exact.bitmap, 0, 0, canvas.width, canvas.height);
    } else if (sheet) {
      drawTile(context, sheet, sheet.at(now), 0, 0, canvas.width, canvas.height);
    }
  }
  const soon = () => {
    frame ||= requestAnimationFrame(paint);
  };
  const say = (words) => {
    note.textContent = words;
    note.hidden = !words;
  };

  follow(model, ["size"], () => {
    const [width, height] = model.get("size");
    el.style.setProperty("--tb-aspect", width && height ? `${width} / ${height}` : "16 / 9");
    el.style.setProperty("--tb-ratio", width && height ? width / height : 16 / 9);
  }, signal);
  const sizes = new ResizeObserver(() => {
    const scale = window.devicePixelRatio || 1;
    const width = Math.round(canvas.clientWidth * scale);
    const height = Math.round(canvas.clientHeight * scale);
    if (!width || (width === canvas.width && height === canvas.height)) return;
    canvas.width = width; // this empties it
    canvas.height = height;
    paint();
    keep(exact ? 1 : 0); // the others would be too small, or too large
  });
  sizes.observe(canvas);
  signal.addEventListener("abort", () => {
    sizes.disconnect();
    cancelAnimationFrame(frame);
    forget();
  });

  function forget() {
    exact = null;
    keep(0);
    coming = 0;
    arrived();
    newest += 1;
    films += 1;
  }

  /** Let go of all but so many frames: of those furthest away, and behind rather than ahead. */
  function keep(count) {
    const away = (each) => {
      const gap = exact ? (each.time - exact.time) * heading : 0;
      return gap < 0 ? -2 * gap : gap;
    };
    frames.sort((one, other) => away(one) - away(other));
    for (const each of frames.splice(count)) each.bitmap.close();
  }

  /** Have a frame at hand; null where it is of another video. */
  async function gather(span, bytes) {
    const film = films;
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
    if (film !== films || signal.aborted) {
      bitmap.close();
      return null;
    }
    const found = { ...span, bitmap };
    const known = (each) => each.time === found.time && each !== exact;
    for (const each of frames.filter(known)) each.bitmap.close();
    frames = [...frames.filter((each) => !known(each)), found];
    return found;
  }

  const beside = (one, way) => frames.find((each) =>
    Math.abs(way > 0 ? each.time - one.until : each.until - one.time) < 1e-6);

  /** Fetch the frames that come next, while nobody waits for them. */
  async function ahead() {
    if (coming || !exact) return;
    let last = exact;
    let count = THUMBNB_AHEAD[heading];
    for (let next; (next = beside(last, heading)); last = next) count -= 1;
    if (count < THUMBNB_AT_ONCE) return;
    const batch = (coming = batches += 1);
    const width = canvas.width || 640;
    const asked = { view: me, batch, time: last.time, way: heading, count, width };
    await ask(model, "ahead", asked, { signal }).catch(() => null); // who wants one asks for it
    if (batch !== coming) return;
    coming = 0;
    arrived();
  }
  const arrived = () => waiting.splice(0).forEach((go) => go());
  const arrival = () => new Promise((go) => waiting.push(go));
  hear(model, "kind", "ahead", async ({ view, batch, time, until }, [bytes]) => {
    if (view !== me || batch !== coming) return;
    await gather({ time, until }, bytes);
    keep(THUMBNB_KEPT);
    arrived();
  }, signal);

  return {
    el,
    /** Show a time, by what is here. */
    show(time) {
      now = time;
      if (played) played.seek(now);
      else soon();
    },
    /** Show a hosted video by its stream; it may tell its length. */
    async play(tellLength) {
      const mine = ++newest;
      const gone = () => mine !== newest || signal.aborted;
      const cannot = () => {
        if (gone()) return;
        played?.el.remove();
        played = null;
        say("Its stream can't be shown here. A time can be chosen all the same.");
      };
      const { answer } = await ask(model, "stream", {}, { signal }).catch(() => ({ answer: {} }));
      if (gone()) return;
      if (!answer.url) {
        cannot();
        return;
      }
      const stop = new AbortController();
      signal.addEventListener("abort", () => stop.abort(), { signal: stop.signal });
      const player = stream(answer.url, stop.signal, { ready: tellLength, failed: cannot });
      played = { ...player, stop };
      canvas.after(player.el);
      player.seek(now);
    },
    /** Use another storyboard; the caller closes the one before. */
    use(other) {
      sheet = other;
      soon();
    },
    /** Let go of the frame of another video. */
    forget() {
      forget();
      played?.stop.abort();
      played?.el.remove();
      played = sheet = null;
      say("");
      context.clearRect(0, 0, canvas.width, canvas.height);
    },
    covers: (time) => exact !== null && exact.time <= time && time < exact.until,
    /** Get the very frame at a time, or some frames from there; null where a newer one is wanted. */
    async fetch(time, step = 0) {
      const mine = ++newest;
      const way = step < 0 ? -1 : 1;
      const near = () => step && this.covers(time);
      const there = () => near() && beside(exact, way);
      try {
        while (near() && coming && way === heading && !there()) await arrival();
        let found = there();
        if (!found) {
          const asked = { view: me, time, step, width: canvas.width || 640 };
          const { answer, buffers } = await ask(model, "exact", asked, { signal });
          if (mine !== newest) return null;
          found = await gather(answer, buffers[0]);
        }
        if (mine !== newest || !found) return null;
        exact = found;
        heading = way;
        keep(THUMBNB_KEPT);
        say("");
        soon();
        // Once it is painted: what decodes the next ones would take its time from it.
        requestAnimationFrame(() => setTimeout(() => found === exact && ahead()));
        return found;
      } catch (error) {
        if (mine === newest && !signal.aborted) say(error.message);
        return null;
      }
    },
  };
}

/** Draw one tile of a sheet into a box. */
function drawTile(context, sheet, index, x, y, width, height) {
  const left = (index % sheet.columns) * sheet.width;
  const top = Math.floor(index / sheet.columns) * sheet.height;
  context.drawImage(sheet.bitmap, left, top, sheet.width, sheet.height, x, y, width, height);
}

/** Ask Python for the storyboard. */
async function fetchSheet(model, signal) {
  const { answer, buffers } = await ask(model, "board", {}, { signal });
  const bitmap = await createImageBitmap(new Blob([buffers[0]], { type: "image/jpeg" }));
  const at = (time) =>
    Math.min(answer.count - 1, Math.max(0, Math.floor(time / answer.interval)));
  return { ...answer, bitmap, at };
}
