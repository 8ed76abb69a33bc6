/**
 * @typedef {{ time: number, until: number }} Span when a frame is shown, in seconds
 * @typedef {Span & { bitmap: ImageBitmap }} Frame
 */

/** The exact frames at hand, and the one that is shown: those furthest from it go first. */
export class FrameCache {
  constructor() {
    /** @type {Frame[]} */
    this.frames = [];
    /** @type {Frame | null} */
    this.shown = null;
    this.direction = 1; // that of the last step
  }

  /** @param {number} time */
  covers(time) {
    return this.shown !== null && this.shown.time <= time && time < this.shown.until;
  }

  /**
   * The frame that comes next to another one; undefined where it is not at hand.
   * @param {Span} span
   * @param {number} direction
   */
  next(span, direction) {
    return this.frames.find((each) => {
      const gap = direction > 0 ? each.time - span.until : each.until - span.time;
      return Math.abs(gap) < 1e-6;
    });
  }

  /** @param {Frame} frame */
  add(frame) {
    /** @param {Frame} each */
    const isOlder = (each) => each.time === frame.time && each !== this.shown;
    for (const each of this.frames.filter(isOlder)) each.bitmap.close();
    this.frames = [...this.frames.filter((each) => !isOlder(each)), frame];
  }

  /**
   * Let go of all but so many frames: of those furthest away, and behind rather than ahead.
   * @param {number} count
   */
  keep(count) {
    /** @param {Frame} each */
    const distance = (each) => {
      const gap = this.shown ? (each.time - this.shown.time) * this.direction : 0;
      return gap < 0 ? -2 * gap : gap;
    };
    this.frames.sort((one, other) => distance(one) - distance(other));
    for (const each of this.frames.splice(count)) each.bitmap.close();
  }

  clear() {
    this.shown = null;
    this.keep(0);
  }
}
