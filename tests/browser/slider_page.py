"""The kernel's side of a slider, for tests of its page alone."""

from __future__ import annotations

import io

from PIL import Image

import thumbnb as tb

TRACK = ".thumbnb-film-track"
SHEET = {"width": 40, "height": 20, "columns": 5, "count": 10, "interval": 2.0}
COLOURS = [(25 * i, 0, 0) for i in range(10)]
COUNT = """() => {
    window.open_ = { urls: 0, bitmaps: 0 };
    const make = URL.createObjectURL, revoke = URL.revokeObjectURL, bitmap = createImageBitmap;
    URL.createObjectURL = (it) => (open_.urls++, make.call(URL, it));
    URL.revokeObjectURL = (it) => (open_.urls--, revoke.call(URL, it));
    window.createImageBitmap = async (it) => { open_.bitmaps++; return bitmap(it); };
    const close = ImageBitmap.prototype.close;
    ImageBitmap.prototype.close = function () { open_.bitmaps--; close.call(this); };
}"""


def jpeg(size, colour):
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


def sheet():
    """Ten tiles, redder and redder."""
    picture = Image.new("RGB", (200, 40))
    for i, colour in enumerate(COLOURS):
        picture.paste(colour, (i % 5 * 40, i // 5 * 20, i % 5 * 40 + 40, i // 5 * 20 + 20))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=95)
    return buffer.getvalue()


class Kernel:
    """The kernel's side of a slider: answers what the page asks."""

    def __init__(self, blank):
        self._blank = blank
        self._done = set()

    def waiting(self, kind):
        """What was asked and not answered yet."""
        asked = [each["content"] for each in self._blank.sent]
        return [a for a in asked if a["kind"] == kind and a["number"] not in self._done]

    def asked(self, kind):
        """Wait until it is asked."""
        self._blank.page.wait_for_function(
            "([kind, done]) => blank.sent.some(({content: c}) =>"
            " c.kind === kind && !done.includes(c.number))",
            arg=[kind, list(self._done)],
        )
        return self.waiting(kind)[0]

    def answer(self, kind, body, *buffers, question=None):
        question = question or self.asked(kind)
        self._done.add(question["number"])
        self._blank.send({"number": question["number"], "answer": body}, *buffers)
        return question

    def rested(self, time):
        """Wait until the newest question is for this time; those before it are given up."""
        self._blank.page.wait_for_function(
            "time => Math.abs((blank.sent.filter(({content: c}) => c.kind === 'frame')"
            ".at(-1)?.content.time ?? -1) - time) < 0.1",
            arg=time,
        )
        *older, newest = self.waiting("frame")
        self._done.update(each["number"] for each in older)
        return newest

    def show(self, time, colour=(0, 0, 250), until=None, ahead=()):
        """Answer with a very frame, and with those after it that are fetched ahead."""
        body = {"time": time, "until": until or time + 0.04}
        question = self.answer("frame", body, jpeg((40, 20), colour))
        self.send_ahead(*ahead)
        return question

    def send_ahead(self, *times):
        """Send the frames that begin then, as those that are fetched ahead."""
        question = self.asked("frames_ahead")
        for time in times:
            reported = {"kind": "frame_ahead", "time": time, "until": round(time + 0.04, 2)}
            reported |= {name: question[name] for name in ("view_id", "batch")}
            self._blank.send(reported, jpeg((40, 20), (0, 200, 0)))
        self.answer("frames_ahead", {}, question=question)
        return question


def mount(blank):
    """Show a slider of 20 seconds with its storyboard; return the kernel behind it."""
    page = blank.mount(
        tb.TimestampSlider(), view="loading", length=20.0, size=[400, 200], name="talk", rate=25.0
    )
    page.add_style_tag(content="body { margin: 8px } main { width: 900px }")
    kernel = Kernel(blank)
    blank.push(view="storyboard", storyboard_version=1)
    kernel.answer("storyboard", SHEET, sheet())
    kernel.show(0.0)
    return kernel


def shows(page, colour):
    """Wait until the middle of the picture has about this colour."""
    page.wait_for_function(
        """wanted => {
            const canvas = document.querySelector(".thumbnb-screen-canvas");
            const at = [canvas.width / 2, canvas.height / 2, 1, 1];
            const found = canvas.getContext("2d").getImageData(...at).data;
            return wanted.every((level, i) => Math.abs(level - found[i]) < 12);
        }""",
        arg=list(colour),
    )


def point(page, share):
    box = page.locator(TRACK).bounding_box()
    return box["x"] + box["width"] * share, box["y"] + box["height"] / 2
