"""A service in this process, asked in YouThumb's protocol."""

from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING, Any

from PIL import Image

from tests.service.tools import ServiceHarness, until

if TYPE_CHECKING:
    from pathlib import Path

    import httpx

PROMPT = "Excited tech reviewer with product"


def photo(size: tuple[int, int] = (320, 180), *, seed: int = 0, form: str = "PNG") -> bytes:
    """Encode a picture of coloured noise; the same seed gives the same bytes."""
    small = Image.frombytes("RGB", (16, 9), random.Random(seed).randbytes(16 * 9 * 3))
    encoded = io.BytesIO()
    small.resize(size, Image.Resampling.BICUBIC).save(encoded, form)
    return encoded.getvalue()


class YouThumbHarness(ServiceHarness):
    """Asks as a client of YouThumb does."""

    def __init__(self, home: Path, **settings: Any) -> None:
        super().__init__(home, **settings)
        self.http.headers["x-api-key"] = self.service.token

    def call(self, method: str, path: str, json: Any = None, **options: Any) -> httpx.Response:
        return self.http.request(method, f"/api{path}", json=json, **options)

    def given(self, method: str, path: str, json: Any = None, **options: Any) -> Any:
        """Give the data of a good answer."""
        answer = self.call(method, path, json, **options)
        assert answer.status_code in {200, 201}, answer.text
        body = answer.json()
        assert body["success"] is True
        return body["data"]

    def create(self, prompt: str = PROMPT, **fields: Any) -> str:
        """Make a project; gives its id."""
        made = self.given("POST", "/thumbnails", {"prompt": prompt, **fields})
        return str(made["projectId"])

    def start(self, project_id: str, **changes: Any) -> str:
        """Start a generation; gives the id of its job."""
        begun = self.given("POST", f"/thumbnails/{project_id}/start", changes or None)
        return str(begun["jobId"])

    def project(self, project_id: str) -> dict[str, Any]:
        found: dict[str, Any] = self.given("GET", f"/thumbnails/{project_id}/detailed-status")
        return found

    def job(self, project_id: str, job_id: str) -> dict[str, Any]:
        jobs = self.project(project_id)["jobs"]
        return next(job for job in jobs if job["jobId"] == job_id)

    def finish(self, project_id: str, job_id: str) -> dict[str, Any]:
        """Wait for the end of a job; gives it."""

        def ended() -> dict[str, Any] | None:
            job = self.job(project_id, job_id)
            return job if job["status"] in {"completed", "failed"} else None

        found: dict[str, Any] = until(ended, f"The end of {job_id}")
        return found

    def make(self, prompt: str = PROMPT, **fields: Any) -> dict[str, Any]:
        """Make a project and generate it once; gives the job."""
        project_id = self.create(prompt, **fields)
        return self.finish(project_id, self.start(project_id))

    def asset(self, kind: str = "bucket", content: bytes | None = None) -> dict[str, Any]:
        """Upload a picture."""
        file = ("photo.png", photo() if content is None else content, "image/png")
        made: dict[str, Any] = self.given(
            "POST", "/assets", data={"type": kind}, files={"file": file}
        )
        return made

    def person(self, name: str = "Mia", count: int = 1) -> dict[str, Any]:
        ids = [self.asset("face", photo(seed=100 + n))["id"] for n in range(count)]
        made: dict[str, Any] = self.given("POST", "/persons", {"name": name, "imageIds": ids})
        return made

    @property
    def credits(self) -> float:
        return float(self.given("GET", "/usage")["credits"])


def denied(answer: httpx.Response, status: int, **details: Any) -> str:
    """Check that an answer is a refusal in YouThumb's shape; gives what it says."""
    assert answer.status_code == status, answer.text
    body: dict[str, Any] = answer.json()
    assert set(body) <= {"success", "error", "details"}
    assert body["success"] is False
    assert "Traceback" not in body["error"]
    for field, messages in body.get("details", {}).items():
        assert isinstance(field, str)
        assert messages
        assert all(isinstance(message, str) for message in messages)
    assert set(details) <= set(body.get("details", {})), body
    message: str = body["error"]
    assert message
    return message


def reasons(treatments: list[dict[str, Any]], option: str, outcome: str = "ignored") -> str:
    """Give why an option came to that."""
    return " ".join(
        t["reason"] for t in treatments if t["option"] == option and t["outcome"] == outcome
    )
