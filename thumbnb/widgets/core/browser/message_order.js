// The browser's side of message_order.py: what is sent is numbered, so that a click can say
// what it comes after.

import { checkSoon } from "./kernel_state.js";
import { errorText, KernelLost, saveTraits, trySend } from "./model.js";

/** @import { Model } from "./types.js" */

// What was sent lately in this page, and when: shared by all copies of this file.
const page = /** @type {{ thumbnbSent?: Map<string, { number: number, at: number }> }} */ (
  globalThis
);
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
  const sender = senders.get(model) ?? { id: Math.random().toString(36).slice(2), number: 0 };
  senders.set(model, sender);
  sender.number += 1;
  const numbered = { ...traits, sent: [sender.id, sender.number] };
  saveTraits(model, numbered);
  // Without a kernel there is nobody to send to; a request says so.
  if (trySend(model, { kind: "set", traits: numbered })) {
    sent.set(sender.id, { number: sender.number, at: Date.now() });
    checkSoon(model, () => model.set("error", errorText(new KernelLost())));
  }
}

/**
 * The number of the last message of each sender of the last minute.
 * @returns {Record<string, number>}
 */
export function recentlySent() {
  for (const [id, { at }] of sent) if (Date.now() - at > 60_000) sent.delete(id);
  return Object.fromEntries([...sent].map(([id, { number }]) => [id, number]));
}
