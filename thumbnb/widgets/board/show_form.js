// The way from a board to the form of the studio below it.

// A studio that is new has to come into the page first: milliseconds between looks, and looks.
const PAUSE = 50;
const LOOKS = 200;

/**
 * Scroll to the form of the studio below a board, once it is there, and put the focus into it.
 * @param {HTMLElement} el the board
 * @param {AbortSignal} signal
 */
export function showForm(el, signal, looks = LOOKS) {
  if (signal.aborted || !looks) return;
  const form = el.closest(".thumbnb-panel")?.querySelector(".thumbnb-form");
  const prompt = form?.querySelector("textarea");
  if (!form || !prompt?.checkVisibility()) {
    setTimeout(() => showForm(el, signal, looks - 1), PAUSE);
    return;
  }
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  prompt.focus({ preventScroll: true });
  form.scrollIntoView({ behavior: isCalm ? "auto" : "smooth", block: "start" });
}
