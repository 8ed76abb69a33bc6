const THUMBNB_SIZES = [[1280, 720], [1920, 1080]];

/** "Use this frame": its size, its progress, and what came of it. */
function taker(model, signal, time) {
  const choice = h("select", { class: "thumbnb-field", "aria-label": "Size of the thumbnail" });
  const side = (label) => h("input", {
    class: "thumbnb-field thumbnb-take-side", type: "text", inputmode: "numeric",
    "aria-label": label, placeholder: label.toLowerCase(), maxlength: 5,
  });
  const width = side("Width");
  const height = side("Height");
  const custom = h("span", { class: "thumbnb-take-custom", hidden: true }, width, "\u00d7", height);
  const wrong = h("div", { class: "thumbnb-wrong", role: "alert", hidden: true });
  const button = h("button", { class: "thumbnb-button thumbnb-primary" }, "Use this frame");
  const status = h("span", { class: "thumbnb-quiet", role: "status" });
  const bar = h("progress", { class: "thumbnb-intake-bar", max: 1, "aria-label": "Progress" });
  const busy = h("div", { class: "thumbnb-take-busy", hidden: true }, bar, status);
  const image = h("img", { alt: "" });
  const caption = h("figcaption", { class: "thumbnb-quiet" });
  const figure = h("figure", { class: "thumbnb-take-made", hidden: true }, image, caption);
  const el = h("div", { class: "thumbnb-take" },
    h("div", { class: "thumbnb-take-row" }, button, choice, custom), wrong, busy, figure);

  follow(model, ["size"], () => {
    const [across, down] = model.get("size");
    const own = across ? `As the video, ${across}\u00d7${down}` : "As the video";
    const before = choice.selectedIndex;
    choice.replaceChildren(
      ...THUMBNB_SIZES.map(([w, h_]) => h("option", { value: `${w}x${h_}` }, `${w}\u00d7${h_}`)),
      h("option", { value: "own" }, own),
      h("option", { value: "custom" }, "Custom\u2026"),
    );
    choice.selectedIndex = Math.max(0, before);
  }, signal);
  choice.addEventListener("change", () => {
    custom.hidden = choice.value !== "custom";
    if (!custom.hidden) width.focus();
    say("");
  }, { signal });

  custom.addEventListener("input", () => say(""), { signal });

  function say(words, ...fields) {
    wrong.textContent = words;
    wrong.hidden = !words;
    for (const field of [width, height]) {
      field.setAttribute("aria-invalid", String(fields.includes(field)));
    }
  }

  /** The size chosen; null after saying what is wrong with it. */
  function chosen() {
    if (choice.value === "own") return { width: null, height: null };
    if (choice.value !== "custom") {
      const [w, h_] = choice.value.split("x").map(Number);
      return { width: w, height: h_ };
    }
    const sides = [width, height].map((field) => field.value.trim());
    const bad = [width, height].filter(
      ({ value }) => value.trim() && !(/^\d+$/.test(value.trim()) && value >= 16 && value <= 8192),
    );
    if (bad.length) say("A side is a whole number of pixels from 16 to 8192.", ...bad);
    else if (!sides.some(Boolean)) say("Give a width, a height, or both.", width, height);
    else return { width: Number(sides[0]) || null, height: Number(sides[1]) || null };
    return null;
  }

  button.addEventListener("click", () => {
    if (!busy.hidden) return;
    const size = chosen();
    if (!size) return;
    say("");
    ask(model, "use", { time: time(), ...size }, { signal })
      .catch((error) => tell(model, { error: error.message }));
  }, { signal });

  follow(model, ["status", "progress"], () => {
    const fraction = model.get("progress");
    status.textContent = model.get("status");
    busy.hidden = !model.get("status");
    // Disabled it would lose the focus.
    button.setAttribute("aria-disabled", String(!busy.hidden));
    if (fraction < 0) bar.removeAttribute("value");
    else bar.value = fraction;
  }, signal);

  let url = "";
  const drop = () => {
    if (url) URL.revokeObjectURL(url);
    url = "";
    figure.hidden = true;
  };
  signal.addEventListener("abort", drop);
  follow(model, ["made"], async () => {
    const number = model.get("made");
    const gone = () => number !== model.get("made") || signal.aborted;
    if (!number) {
      drop();
      return;
    }
    try {
      const { answer, buffers } = await ask(model, "made", {}, { signal });
      if (gone()) return;
      drop();
      url = blobUrl(buffers[0]);
      const words = `${answer.size[0]}\u00d7${answer.size[1]} at ${clock(answer.time, 2)}`;
      image.src = url;
      image.alt = `Thumbnail, ${words}`;
      caption.textContent = words;
      figure.hidden = false;
    } catch (error) {
      if (!gone()) tell(model, { error: error.message });
    }
  }, signal);
  return el;
}
