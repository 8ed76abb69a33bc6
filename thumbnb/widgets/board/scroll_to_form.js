// The way from a board to the form of the studio below it.

// A studio that is new has to come into the page first: it is looked for so often, with so many milliseconds between.
const PAUSE_MS = 50;
const MAX_TRIES = 200;

/**
 * Scroll to the form of the studio below a board, once it is there, and put the focus into it.
 * @param {HTMLElement} el the board
 * @param {AbortSignal} signal
 */
export function scrollToForm(el, signal, tries = MAX_TRIES) {
  if (signal.aborted || !tries) return;
  const form = el.closest(".thumbnb-panel")?.querySelector(".thumbnb-form");
  const prompt = form?.querySelector("textarea");
  if (!form || !prompt?.checkVisibility()) {
    setTimeout(() => scrollToForm(el, signal, tries - 1), PAUSE_MS);
    return;
  }
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  prompt.focus({ preventScroll: true });
  form.scrollIntoView({ behavior: isCalm ? "auto" : "smooth", block: "start" });
}
