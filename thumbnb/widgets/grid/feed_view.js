// The pictures as a video site shows them: at its sizes, beside a title, under a badge.

const PLACES = [
  { name: "Home", kind: "home", size: [360, 202] },
  { name: "Beside a video", kind: "next", size: [168, 94] },
  { name: "Channel", kind: "shelf", size: [246, 138] },
  { name: "Playlist", kind: "list", size: [120, 68] },
];
const DURATIONS = ["12:47", "8:31", "21:05", "4:58", "1:02:14", "15:20", "9:44", "0:59"];
const VIEWS = ["128K", "2.4M", "36K", "871K", "5.1K", "419K"];
const AGES = ["3 days ago", "1 year ago", "18 hours ago", "2 months ago", "5 days ago", "3 weeks ago"];
const MOST_SHOWN = 12;

const nth = (list, at) => list[at % list.length];

/** One for all, or one each; where there is none, the other. */
const given = (list, at, other) => (list.length === 1 ? list[0] : list[at]) || other;

function feedCard(place, shown, { copies, model }, signal) {
  const { cell, index, title } = shown;
  const [width, height] = place.size;
  const img = copyImage(copies, signal, { width, height, alt: cellName(cell, index, model) });
  img.show(cell.id, Math.round(width * Math.min(devicePixelRatio || 1, 3)));
  const duration = given(model.get("durations"), index, nth(DURATIONS, index));
  const about = `${nth(VIEWS, index)} views \u00b7 ${nth(AGES, index)}`;
  return h("article", { class: "thumbnb-feed-card", "data-kind": place.kind },
    h("div", { class: "thumbnb-feed-thumb", style: `width:${width}px;height:${height}px` }, img, h("span", { class: "thumbnb-feed-badge" }, duration)),
    place.kind === "home" && h("span", { class: "thumbnb-feed-face", "aria-hidden": "true" }),
    h("div", { class: "thumbnb-feed-words" },
      h("div", { class: "thumbnb-feed-title", "data-id": cell.id }, title),
      h("div", { class: "thumbnb-feed-about" }, place.kind === "shelf" ? about : "Your channel", place.kind !== "shelf" && h("br", {}), place.kind !== "shelf" && place.kind !== "list" && about)));
}

function feedPage(theme, shown, context, signal) {
  const section = (place) => h("section", { "data-kind": place.kind },
    h("h4", {}, `${place.name}, ${place.size.join(" \u00d7 ")}`),
    h("div", { class: "thumbnb-feed-cards" }, ...shown.map((each) => feedCard(place, each, context, signal))));
  return h("div", { class: "thumbnb-feed-page", "data-theme": theme, role: "group", "aria-label": `${theme} theme` }, ...PLACES.map(section));
}

/** Whether what stands behind the widget is dark. */
function isDark(el) {
  const [r, g, b] = getComputedStyle(el).color.match(/[\d.]+/g).map(Number);
  return r * 0.3 + g * 0.6 + b * 0.1 > 128;
}

/** The feed view: those selected, else the first. */
function feedView(context, signal) {
  const { model } = context;
  const pages = h("div", { class: "thumbnb-feed", tabindex: "0", role: "region", "aria-label": "As a video site shows them" });
  const note = h("span", { class: "thumbnb-quiet" });
  const known = new Map(); // id -> title
  let theme = "Light";
  let end = null;

  const titleOf = (cell, index) => given(model.get("titles"), index, known.get(cell.id) || cell.caption || "The title of your video, as long as they often are");
  const learn = async ({ cell, index }) => {
    if (known.has(cell.id) || given(model.get("titles"), index)) return;
    known.set(cell.id, "");
    const { answer } = await ask(model, "facts", { id: cell.id }, { signal }).catch(() => ({ answer: {} }));
    known.set(cell.id, answer.title || (answer.prompt ?? "").slice(0, 100));
    for (const el of pages.querySelectorAll(`[data-id="${cell.id}"]`)) el.textContent = titleOf(cell, index);
  };
  const draw = () => {
    end?.abort();
    end = childOf(signal);
    const cells = model.get("cells").map((cell, index) => ({ cell, index })).filter(({ cell }) => !cell.state);
    const chosen = cells.filter(({ index }) => model.get("selected").includes(index));
    const shown = (chosen.length ? chosen : cells).slice(0, MOST_SHOWN);
    for (const each of shown) each.title = titleOf(each.cell, each.index);
    note.textContent = shown.length === cells.length ? "" : `${shown.length} of ${cells.length}: ${chosen.length ? "those selected" : "select those to see"}`;
    const themes = theme === "Both" ? ["Light", "Dark"] : [theme];
    pages.replaceChildren(...themes.map((each) => feedPage(each, shown, context, end.signal)));
    shown.forEach(learn);
  };
  const switches = segments("Theme of the site", ["Light", "Dark", "Both"], (name) => {
    theme = name;
    draw();
  }, signal, isDark(context.el) ? "Dark" : "Light");
  theme = isDark(context.el) ? "Dark" : "Light";
  follow(model, ["cells", "selected", "titles", "durations"], draw, signal);
  return h("div", {}, h("div", { class: "thumbnb-grid-bar" }, note, h("span", { class: "thumbnb-grow" }), switches), pages);
}
