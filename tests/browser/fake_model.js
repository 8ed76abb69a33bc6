// anywidget's contract for a front-end module, without Jupyter: what the module
// sets and sends is kept to be looked at; what the kernel would do, the test does.
() => {
  const unpack = (it) => {
    if (it === null || typeof it !== "object") return it;
    if (Array.isArray(it)) return it.map(unpack);
    if ("__bytes__" in it)
      return new DataView(Uint8Array.from(atob(it.__bytes__), (c) => c.charCodeAt(0)).buffer);
    return Object.fromEntries(Object.entries(it).map(([name, item]) => [name, unpack(item)]));
  };
  const pack = (it) => {
    if (it === null || typeof it !== "object") return it;
    if (Array.isArray(it)) return it.map(pack);
    if (it instanceof DataView || it instanceof ArrayBuffer) return { bytes: it.byteLength };
    return Object.fromEntries(Object.entries(it).map(([name, item]) => [name, pack(item)]));
  };
  const state = {}, callbacks = new Map(), views = [];
  let changed = {}, module, isLost = false;
  const emit = (event, ...given) => [...(callbacks.get(event) ?? [])].forEach((f) => f(...given));
  const change = (name, value) => {
    if (Object.is(state[name], value)) return;
    state[name] = value;
    emit(`change:${name}`, model, value);
    emit("change", model);
  };
  const model = {
    get: (name) => state[name],
    set: (name, value) => {
      if (name !== "sent") changed[name] = value; // only counts
      change(name, value);
    },
    save_changes: () => { blank.saved.push(changed); changed = {}; },
    // What is set is sent twice, see `setTraits` in message_order.js: it is in `saved`.
    send: (content, _, buffers) => {
      if (isLost) throw new Error("Cannot send");
      if (content.kind !== "set") blank.sent.push({ content, buffers: (buffers ?? []).length });
    },
    on: (event, f) => callbacks.set(event, [...(callbacks.get(event) ?? []), f]),
    off: (event, f) => {
      for (const name of event ? [event] : callbacks.keys())
        callbacks.set(name, f ? (callbacks.get(name) ?? []).filter((it) => it !== f) : []);
    },
    widget_manager: {},
  };
  window.blank = {
    model, pack, sent: [], saved: [],
    push: (traits) => Object.entries(unpack(traits)).forEach(([name, it]) => change(name, it)),
    receive: (content, buffers) => emit("msg:custom", content, unpack(buffers)),
    lose: () => { isLost = true; emit("comm_live_update"); },
    // Those of its end go with the model.
    listeners: () => [...callbacks].filter(([name]) => name !== "destroy").flatMap(([, fs]) => fs).length,
    destroy: () => emit("destroy"),
    render: async () => {
      const el = document.createElement("div"), end = new AbortController();
      document.querySelector("main").append(el);
      const done = await module.render?.({ model, el, signal: end.signal, experimental: {} });
      views.push(() => { end.abort(); done?.(); el.remove(); });
    },
    unmount: () => views.splice(0).forEach((end) => end()),
    mount: async (esm, css, traits) => {
      Object.assign(state, unpack(traits));
      const style = document.createElement("style");
      style.textContent = css;
      document.head.append(style);
      const url = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
      module = (await import(url)).default;
      if (typeof module === "function") module = await module();
      await module.initialize?.({ model, signal: new AbortController().signal, experimental: {} });
      await blank.render();
    },
  };
};
