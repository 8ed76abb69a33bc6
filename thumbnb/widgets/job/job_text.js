// What is shown of a job, and how its times and costs are said.

/**
 * @typedef {"running" | "done" | "failed" | "cancelled" | "detached" | "lost"} JobState
 * @typedef {{
 *   key: string, name: string, state: JobState, status_text: string, next_step: string,
 *   code: string, fraction: number | null, done: number | null, total: number | null,
 *   elapsed: number, eta: [number, number] | null, credits: number | null, is_paid: boolean,
 *   can_retry: boolean, previews: number, unfinished?: number[],
 * }} JobRow
 */

/** @type {Record<JobState, string>} */
export const STATE_SIGNS = {
  running: "",
  done: "\u2713",
  failed: "!",
  cancelled: "\u2013",
  detached: "\u2026",
  lost: "?",
};

/**
 * Whether a job may still go on.
 * @param {Pick<JobRow, "state">} row
 */
export function isGoing({ state }) {
  return state === "running" || state === "detached";
}

/**
 * A job that had not ended, as it is shown where the kernel it ran in is gone.
 * @param {JobRow} row
 * @returns {JobRow}
 */
export function lostRow(row) {
  return {
    ...row,
    state: "lost",
    status_text: "Not known",
    eta: null,
    credits: null,
    can_retry: false,
    next_step:
      "The kernel was restarted: run the cell again. What a service has begun is not lost:",
    code: "client.resume()",
  };
}

/**
 * Seconds as people say them: 8 s, 1 min 20 s.
 * @param {number} seconds
 */
export function durationText(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const rest = whole % 60;
  if (whole < 3600) return rest ? `${Math.floor(whole / 60)} min ${rest} s` : `${whole / 60} min`;
  return `${Math.floor(whole / 3600)} h ${Math.round((whole % 3600) / 60)} min`;
}

/**
 * The seconds left, from an estimate (median, and 90 of 100) that is some seconds old.
 * @param {JobRow["eta"]} eta
 * @param {number} age
 */
export function timeLeftText(eta, age) {
  if (!eta) return "";
  const [half, most] = eta.map((seconds) => seconds - age);
  if (most < 1) return "longer than usual";
  if (half < 1) return `any moment, at most ${durationText(most)}`;
  return `about ${durationText(half)} left, at most ${durationText(most)}`;
}

/** @param {number} credits */
export function costText(credits) {
  return `${+credits.toFixed(2)} credit${credits === 1 ? "" : "s"}`;
}
