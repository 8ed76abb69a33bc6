const AT_ONCE = 3; // pictures on their way: a sample may have to be painted first

/** Loads pictures of cards as they come into sight, a few at a time. */
function pictures(model, signal) {
  const urls = new Map();
  const waiting = [];
  let busy = 0;
  const next = async () => {
    if (busy >= AT_ONCE || !waiting.length || signal.aborted) return;
    const { key, image } = waiting.shift();
    busy += 1;
    try {
      const { buffers } = await ask(model, "picture", { key }, { signal });
      if (buffers.length && !signal.aborted) {
        urls.set(key, blobUrl(buffers[0]));
        image.src = urls.get(key);
      }
    } catch {
      // It stays as its sign and its name, which say what it is.
    }
    busy -= 1;
    next();
  };
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      waiting.push({ key: target.dataset.key, image: target });
      next();
    }
  }, { rootMargin: "100px" });
  signal.addEventListener("abort", () => {
    seen.disconnect();
    urls.forEach((url) => URL.revokeObjectURL(url));
  });
  return (image, key) => {
    image.dataset.key = key;
    if (urls.has(key)) image.src = urls.get(key);
    else seen.observe(image);
  };
}

function face(card, load) {
  if (!card.pictured && !card.emoji) return null;
  const ground = h("span", { class: "thumbnb-card-face", "aria-hidden": "true" }, card.emoji);
  if (card.pictured) {
    const image = h("img", { alt: "", class: "thumbnb-card-image" });
    ground.append(image);
    load(image, card.key);
  }
  return ground;
}

export default {
  render({ model, el, signal }) {
    el.classList.add("thumbnb");
    const group = h("div", { class: "thumbnb-cards", role: "radiogroup" });
    const { frame, head } = fieldFrame(model, group, signal, { grouped: true });
    const nothing = h("div", { class: "thumbnb-quiet", role: "status", hidden: true }, "Nothing is like that.");
    const search = h("input", { class: "thumbnb-field", type: "search", placeholder: "Search", "aria-label": "Search" });
    const groups = h("select", { class: "thumbnb-field", "aria-label": "Category" });
    const sieve = h("div", { class: "thumbnb-cards-sieve" }, search, groups);
    head.append(sieve);
    group.after(nothing);
    el.append(frame, errorArea(model, signal));

    const load = pictures(model, signal);
    let radios = [];

    const choose = (key) => {
      if (key !== model.get("value")) tell(model, { value: key });
    };
    const open = () => radios.filter((radio) => !radio.hidden);
    const mark = () => {
      const value = model.get("value");
      for (const radio of radios) radio.setAttribute("aria-checked", String(radio.dataset.key === value));
      const there = open();
      const stop = there.find((radio) => radio.dataset.key === value) ?? there[0];
      for (const radio of radios) radio.tabIndex = radio === stop ? 0 : -1;
    };
    const sift = () => {
      const words = search.value.trim().toLowerCase();
      for (const radio of radios) {
        const { text, group: kind } = radio.dataset;
        radio.hidden = !(!radio.dataset.key || ((!words || text.includes(words)) && (!groups.value || kind === groups.value)));
      }
      nothing.hidden = open().some((radio) => radio.dataset.key);
      mark();
    };
    const make = (card) => {
      const text = h("span", { class: "thumbnb-card-label" }, card.label);
      const radio = h("button", {
        class: card.key ? "thumbnb-card" : "thumbnb-card thumbnb-card-none",
        role: "radio",
        title: card.note || card.label,
        "data-key": card.key,
        "data-group": card.group,
        "data-text": `${card.label} ${card.note}`.toLowerCase(),
        onclick: () => choose(card.key),
      }, model.get("look") === "cards" && face(card, load), text);
      return radio;
    };
    group.addEventListener("keydown", (event) => {
      const there = open();
      const at = there.indexOf(event.target);
      const to = {
        ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: -1,
      }[event.key];
      if (to === undefined || at < 0) return;
      event.preventDefault();
      const radio = there.at(to % there.length);
      choose(radio.dataset.key);
      radio.focus();
    }, { signal, capture: true }); // the cards keep their keys from the notebook, and so from here
    search.addEventListener("input", sift, { signal });
    groups.addEventListener("change", sift, { signal });

    follow(model, ["cards", "unset", "look"], () => {
      const unset = model.get("unset");
      const cards = model.get("cards");
      const focused = radios.indexOf(document.activeElement);
      radios = [...(unset ? [{ key: "", label: unset, note: "", group: "" }] : []), ...cards].map(make);
      group.replaceChildren(...radios);
      group.dataset.look = model.get("look");
      const kinds = [...new Set(cards.map((card) => card.group).filter(Boolean))].sort();
      groups.replaceChildren(h("option", { value: "" }, "All"), ...kinds.map((kind) => {
        const option = h("option", {}, kind);
        option.value = kind;
        return option;
      }));
      groups.hidden = kinds.length < 2;
      sift();
      nothing.hidden = true;
      if (focused >= 0) radios[focused]?.focus();
    }, signal);
    follow(model, ["searchable"], () => { sieve.hidden = !model.get("searchable"); }, signal);
    follow(model, ["value"], mark, signal);
  },
};
