// The browser's side of message_order.py: what is sent is numbered, so that a click can say
// what it comes after.

import { checkSoon } from "./kernel_state.js";
import { errorText, KernelLost, request, saveTraits, trySend } from "./model.js";

/** @import { Model } from "./types.js" */

/** @typedef {{ number: number, at: number, model: WeakRef<Model> }} Sent */

// What was sent lately in this page, and when: shared by all copies of this file.
const page = /** @type {{ thumbnbSent?: Map<string, Sent> }} */ (globalThis);
page.thumbnbSent ??= new Map();
const sent = page.thumbnbSent;

/** @type {WeakMap<Model, { id: string, number: number }>} */
const senders = new WeakMap();

/**
 * Set traits and send them to Python at once. While one change of a widget is under way the
 * notebook holds the next ones back; so a message goes along, which nothing holds back. `sent`
 * numbers both, and by it a click is known to come after them (button.js).
 * @param {Model} model
 * @param {Record<string, unknown>} traits
 */
export function setTraits(model, traits) {
  const sender = senders.get(model) ?? newSender(model);
  sender.number += 1;
  const numbered = { ...traits, sent: [sender.id, sender.number] };
  saveTraits(model, numbered);
  // Without a kernel there is nobody to send to; a request says so.
  if (trySend(model, { kind: "set", traits: numbered })) {
    sent.set(sender.id, { number: sender.number, at: Date.now(), model: new WeakRef(model) });
    checkSoon(model, () => model.set("error", errorText(new KernelLost())));
  }
}

/** @param {Model} model */
function newSender(model) {
  const sender = { id: Math.random().toString(36).slice(2), number: 0 };
  senders.set(model, sender);
  // A message on its way to a widget that is closed is never received.
  model.on("destroy", () => sent.delete(sender.id));
  return sender;
}

/**
 * The number of the last message of each sender of the last minute.
 * @returns {Record<string, number>}
 */
function recentlySent() {
  for (const [id, { at, model }] of sent) {
    if (Date.now() - at > 60_000 || isGone(model.deref())) sent.delete(id);
  }
  return Object.fromEntries([...sent].map(([id, { number }]) => [id, number]));
}

/**
 * Whether nobody receives what a model sent: its view ended, it was closed with its layout, or
 * its kernel was restarted. The page may have views of others.
 * @param {Model | undefined} model
 */
function isGone(model) {
  // The layout is a model of ipywidgets, which knows whether it lives.
  const layout = /** @type {any} */ (model)?.get("layout");
  const manager = layout?.widget_manager;
  return !model || layout?.comm_live === false || manager?.has_model?.(layout.model_id) === false;
}

/**
 * Ask Python for something that comes after all that was set in the page before; see `request`.
 * @param {Model} model
 * @param {string} kind
 * @param {{ signal?: AbortSignal }} options
 */
export async function requestInOrder(model, kind, options) {
  const after = recentlySent();
  try {
    return await request(model, kind, { after }, options);
  } catch (error) {
    // What has not come by now does not come: the next one waits for it no more.
    for (const [id, number] of Object.entries(after)) {
      if (sent.get(id)?.number === number) sent.delete(id);
    }
    throw error;
  }
}
