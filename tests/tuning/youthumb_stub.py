"""A YouThumb in miniature whose every generation is another image."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.client.stub import BASE, picture
from tests.client.youthumb_stub import YouThumbState, success_response

PRESETS = ["mrbeast-viral", "tech-review", "vlog-lifestyle"]


@dataclass
class TuningYouThumbState(YouThumbState):
    """``fails`` are words: a generation whose prompt has one of them ends failed."""

    balance: float = 1000
    rounds: int = 1
    fails: list[str] = field(default_factory=list)

    def answer(self, request: httpx.Request, content: bytes) -> httpx.Response:
        path = request.url.path
        if path == "/api/presets":
            return success_response([{"key": key, "label": key} for key in PRESETS])
        if path.startswith("/files/job-"):
            number = int(path.removeprefix("/files/job-").removesuffix(".png"))
            colour = f"#{number * 2654435761 % 2**24:06x}"
            return httpx.Response(200, content=picture((128, 72), colour))
        if path.startswith("/files/"):  # frames of the video
            number = int(path.removeprefix("/files/").removesuffix(".png"))
            return httpx.Response(200, content=picture((64, 36), f"#{40 * number + 9:02x}8060"))
        return super().answer(request, content)

    def start(self, key: str, body: dict[str, Any]) -> httpx.Response:
        answer = super().start(key, body)
        if answer.status_code == 200:
            job = self.projects[key]["jobs"][-1]
            job["number"] = len(self.started)
            if any(word in (job["prompt"] or "") for word in self.fails):
                job["end"] = "failed"
        return answer

    def status(self, key: str, *, detailed: bool) -> dict[str, Any]:
        reported = super().status(key, detailed=detailed)
        for job, row in zip(self.projects[key]["jobs"], reported["jobs"], strict=True):
            url = f"{BASE}/files/job-{job['number']}.png"
            if row.get("generatedFileUrl"):
                row["generatedFileUrl"] = url
            for image in row.get("images", {}).get("results", ()):
                image["url"] = url
                image["scores"] = {"legibility": job["number"] % 7 / 7}
        return reported
