const THUMBNB_MOST_VIDEO = 512 * 2 ** 20;

/** Where there is no video yet: a file from this computer, or an address. */
function intake(model, signal) {
  const file = h("input", { type: "file", accept: "video/*,.mkv,.ts", class: "thumbnb-unseen",
    tabindex: -1, "aria-label": "Video file" });
  const choose = h("button", { class: "thumbnb-button thumbnb-primary" }, "Choose a video\u2026");
  const url = h("input", { class: "thumbnb-field thumbnb-intake-url", type: "url",
    placeholder: "https://\u2026", "aria-label": "Address of a video", maxlength: 8000 });
  const open = h("button", { class: "thumbnb-button", type: "submit" }, "Open");
  const form = h("form", { class: "thumbnb-intake-row", novalidate: true }, url, open);
  const status = h("span", { role: "status" });
  const bar = h("progress", { class: "thumbnb-intake-bar", max: 1, "aria-label": "Progress" });
  const stop = h("button", { class: "thumbnb-button" }, "Cancel");
  const busy = h("div", { class: "thumbnb-intake-row", hidden: true }, bar, status, stop);
  const ready = h("div", { class: "thumbnb-intake-ready" },
    h("div", { class: "thumbnb-intake-row" }, choose, file,
      h("span", { class: "thumbnb-quiet" }, "or drop one here, up to 512 MB")),
    form);
  const wrong = h("div", { class: "thumbnb-wrong", role: "alert", hidden: true });
  const el = h("div", { class: "thumbnb-intake" }, ready, busy, wrong);
  let sending = null;

  function say(words) {
    wrong.textContent = words;
    wrong.hidden = !words;
  }
  function show(words, share) {
    status.textContent = words;
    busy.hidden = !words;
    ready.hidden = Boolean(words);
    if (share < 0) bar.removeAttribute("value");
    else bar.value = share;
  }
  follow(model, ["status", "progress"], () => {
    if (!sending) show(model.get("status"), model.get("progress"));
  }, signal);
  follow(model, ["view"], () => {
    el.hidden = model.get("view") !== "upload";
  }, signal);

  async function send(chosen) {
    if (!chosen || sending) return;
    say("");
    const stopper = (sending = new AbortController());
    const ended = AbortSignal.any([signal, stopper.signal]);
    const tellShare = (share) => {
      if (!ended.aborted) show(`Sending ${chosen.name}, ${Math.round(share * 100)} %`, share);
    };
    try {
      tellShare(0);
      await sendFile(model, "part", chosen, tellShare, ended, THUMBNB_MOST_VIDEO);
    } catch (error) {
      say(error.message);
    }
    if (sending !== stopper) return;
    sending = null;
    show(model.get("status"), model.get("progress"));
  }
  const listen = (target, name, listener) => target.addEventListener(name, listener, { signal });
  listen(choose, "click", () => file.click());
  listen(file, "change", () => {
    send(file.files[0]);
    file.value = "";
  });
  listen(el, "dragover", (event) => {
    event.preventDefault();
    el.dataset.over = "true";
  });
  listen(el, "dragleave", () => delete el.dataset.over);
  listen(el, "drop", (event) => {
    event.preventDefault();
    delete el.dataset.over;
    send(event.dataTransfer.files[0]);
  });
  listen(form, "submit", (event) => {
    event.preventDefault();
    const address = url.value.trim();
    if (!/^https?:\/\/\S+$/i.test(address)) {
      say("An address starts with http:// or https://.");
      return;
    }
    say("");
    ask(model, "address", { url: address }, { signal }).catch((error) => say(error.message));
  });
  listen(stop, "click", () => {
    sending?.abort();
    sending = null;
    show("", -1);
    ask(model, "cancel", {}, { signal }).catch((error) => say(error.message));
  });
  return el;
}
