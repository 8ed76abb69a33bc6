/**
 * The big picture. Scrubbing shows tiles of the storyboard; when the pointer rests, the
 * very frame. Of what is asked for only the newest counts.
 */
function screen(model, signal) {
  const canvas = h("canvas", { class: "thumbnb-screen-canvas", "aria-hidden": "true" });
  const note = h("div", { class: "thumbnb-screen-note", hidden: true });
  const el = h("div", { class: "thumbnb-screen" }, canvas, note);
  const context = canvas.getContext("2d", { alpha: false });
  let sheet = null;
  let exact = null; // {bitmap, time, until}
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
  });
  sizes.observe(canvas);
  signal.addEventListener("abort", () => {
    sizes.disconnect();
    cancelAnimationFrame(frame);
    forget();
  });

  function forget() {
    exact?.bitmap.close();
    exact = null;
    newest += 1;
  }

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
      try {
        const asked = { view: me, time, step, width: canvas.width || 640 };
        const { answer, buffers } = await ask(model, "exact", asked, { signal });
        if (mine !== newest) return null;
        const bitmap = await createImageBitmap(new Blob([buffers[0]], { type: "image/jpeg" }));
        if (mine !== newest || signal.aborted) {
          bitmap.close();
          return null;
        }
        exact?.bitmap.close();
        exact = { bitmap, ...answer };
        say("");
        soon();
        return answer;
      } catch (error) {
        if (mine !== newest || signal.aborted) return null;
        say(error.message);
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
