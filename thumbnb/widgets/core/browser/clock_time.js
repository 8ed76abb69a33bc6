/**
 * Seconds as a clock time: 83.5 is 1:23.5
 * @param {unknown} seconds
 */
export function clockTime(seconds, digits = 1) {
  const whole = Math.max(0, Number(seconds) || 0);
  const unit = 10 ** digits;
  const parts = Math.round(whole * unit);
  const secs = (parts % (60 * unit)) / unit;
  const mins = Math.floor(parts / (60 * unit)) % 60;
  const hours = Math.floor(parts / (3600 * unit));
  const padded = secs.toFixed(digits).padStart(digits ? digits + 3 : 2, "0");
  return hours ? `${hours}:${String(mins).padStart(2, "0")}:${padded}` : `${mins}:${padded}`;
}
