"""A YouThumb in miniature, driven by a state object; in either of the two documented dialects."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.client import stub
from tests.client.stub import BASE

PROMPT = "Excited creator, yellow background"


def name_of(number: int) -> str:
    return str(uuid.UUID(int=number))


@dataclass
class YouThumbState(stub.State):
    """What the stub holds. ``old``: it answers as the web documents say, not as the newer skill."""

    old: bool = False
    shows_prompts: bool = True  # the prompts of jobs
    balance: float = 10
    projects: dict[str, dict[str, Any]] = field(default_factory=dict)
    started: list[dict[str, Any]] = field(default_factory=list)  # generations really begun
    assets: list[bytes] = field(default_factory=list)
    persons: dict[str, dict[str, Any]] = field(default_factory=dict)
    rounds: int = 2  # status answers before a job has ended
    ends: list[str] = field(default_factory=lambda: ["completed"])
    word: str = "processing"
    hides: int = 0  # so many answers after the end show only the first of its pictures:
    shows: int = 0
    cancels: bool = False  # jobs can be cancelled, as at our own service
    early: bool = False  # pictures are shown as they come, one a status answer

    def answer(self, request: httpx.Request, content: bytes) -> httpx.Response:
        path = request.url.path
        if not path.startswith("/api/"):
            return super().answer(request, content)
        body = json.loads(content) if content[:1] == b"{" else {}
        parts = path.removeprefix("/api/").split("/")
        match request.method, parts:
            case "POST", ["thumbnails"]:
                key = name_of(len(self.projects) + 1)
                self.projects[key] = {"draft": body, "jobs": []}
                data = {"projectId": key, "status": "draft" if self.old else "pending"}
                return success_response({**data, "projectName": body.get("projectName")}, 201)
            case "POST", ["thumbnails", key, "start"]:
                return self.start(key, body)
            case "GET", ["thumbnails", key, "status" | "detailed-status" as form]:
                return success_response(self.status(key, detailed=form == "detailed-status"))
            case "GET", ["thumbnails"]:
                rows = [
                    {"projectId": key, "status": self.status(key, detailed=False)["status"]}
                    for key in self.projects
                ]
                return success_response({"projects": rows})
            case "GET", ["thumbnails", "results"]:
                return success_response({"results": [{"id": "r", "url": f"{BASE}/files/1.png"}]})
            case "GET", ["thumbnails", "trash"]:
                return success_response({"projects": []})
            case "GET", ["thumbnails", key] if key in self.projects:
                return success_response(self.status(key, detailed=True))
            case "POST", ["thumbnails", "jobs", job_id, "retry"]:
                every = ((key, job) for key, it in self.projects.items() for job in it["jobs"])
                key, job = next((k, job) for k, job in every if job["jobId"] == job_id)
                return self.start(key, {"advancedOptions": {"variations": job["count"]}})
            case "POST", ["thumbnails", "jobs", job_id, "cancel"]:
                return self.cancel(job_id) if self.cancels else missing()
            case "POST", ["thumbnails", "prompts", _]:
                if self.balance < 0.5:
                    return poor()
                self.balance -= 0.5
                return success_response({"prompt": "a better one", "creditsConsumed": 0.5})
            case (("PATCH" | "PUT" | "DELETE" | "POST"), ["thumbnails", *_]):
                return success_response({})
            case "POST", ["assets"]:
                self.assets.append(content)
                number = len(self.assets)
                return success_response(
                    {"id": name_of(100 + number), "url": f"{BASE}/assets/{number}"}, 201
                )
            case "GET", ["persons"]:
                return success_response(list(self.persons.values()))
            case "POST", ["persons"]:
                key = name_of(200 + len(self.persons))
                self.persons[key] = {"id": key, **body}
                return success_response(self.persons[key], 201)
            case "GET", ["persons", key] if key in self.persons:
                return success_response(self.persons[key])
            case _, ["persons", *_]:
                return success_response({"id": parts[1], "name": "Mia"})
            case "GET", ["presets"]:
                return success_response([{"key": "free", "label": "Free"}])
            case "GET", ["templates"]:
                row = {"id": "t-1", ("name" if self.old else "title"): "Neon"}
                return success_response({"templates": [row], "pagination": {}})
            case "GET", ["templates", "t-1" as key]:
                return success_response({"id": key, "title": "Neon"})
            case "GET", ["usage"]:
                return success_response({"credits": self.balance, "plan": "free"})
        return missing()

    def start(self, key: str, body: dict[str, Any]) -> httpx.Response:
        project = self.projects[key]
        options = {
            **project["draft"].get("advancedOptions", {}),
            **body.get("advancedOptions", {}),
        }
        cost = options.get("variations", 1)
        if cost > self.balance:
            return poor()
        self.balance -= cost
        self.started.append(body)
        number = len(project["jobs"])
        job = {
            "jobId": name_of(1000 + len(self.started)),
            "left": self.rounds,
            "end": self.ends[number % len(self.ends)],
            "count": cost,
            "prompt": body.get("prompt") or project["draft"].get("prompt"),
            "createdAt": f"2024-01-15T10:30:{number:02d}.000Z",
        }
        project["jobs"].append(job)
        data = {"projectId": key, "status": "processing", "creditsConsumed": cost}
        return success_response(
            {**data, "message": "started"} if self.old else {**data, "jobId": job["jobId"]}
        )

    def cancel(self, job_id: str) -> httpx.Response:
        every = ((key, job) for key, it in self.projects.items() for job in it["jobs"])
        key, job = next((key, job) for key, job in every if job["jobId"] == job_id)
        if job["left"] >= 0:
            there = max(0, self.rounds - job["left"] - 1) if self.early else 0
            self.balance += job["count"] - there
            job.update(left=-1, end="completed" if there else "failed", count=there, cost=there)
        found = self.status(key, detailed=True)["jobs"]
        return success_response(next(row for row in found if row["jobId"] == job_id))

    def status(self, key: str, *, detailed: bool) -> dict[str, Any]:
        rows = []
        for job in self.projects[key]["jobs"]:
            job["left"] -= 1
            running = job["left"] >= 0
            row = {
                "jobId": job["jobId"],
                "status": self.word if running else job["end"],
                "generatedFileUrl": None if running else f"{BASE}/files/1.png",
                "createdAt": job["createdAt"],
                "metadata": {"progress": 0.5},
            }
            there = 0 if running else job["count"]
            if self.early:
                there = min(job["count"], self.rounds - job["left"] - 1) if running else there
                row["metadata"]["variations"] = job["count"]
                row["images"] = {"results": [result(n) for n in range(there)]}
            if "cost" in job:
                row["metadata"]["creditsConsumed"] = job["cost"]
            if job["end"] == "failed":
                row["errorMessage"] = "the face was not found"
            if detailed and not running and self.hides > 0:
                self.hides -= 1
                there = min(there, self.shows)
                row["generatedFileUrl"] = None
            if detailed:
                row["userPrompt"] = job["prompt"] if self.shows_prompts else None
                if not self.old:
                    row["metadata"]["variations"] = job["count"]
                row["images"] = {"results": [result(n) for n in range(there)]}
            rows.append(row)
        words = {row["status"] for row in rows}
        whole = next((w for w in (self.word, "failed", "completed") if w in words), "draft")
        about = {"projectId": key, "status": whole, "projectName": "n", "jobs": rows}
        if self.old:  # the web documents do not show what a project is to be made from
            return about
        options = self.projects[key]["draft"].get("advancedOptions")
        return {**about, "projectMetadata": {"advancedOptions": options}}


def sent(state: YouThumbState, path: str, method: str = "POST") -> list[Any]:
    """Return the JSON bodies sent to a path."""
    met = zip(state.requests, state.bodies, strict=True)
    return [json.loads(b or b"null") for r, b in met if (r.method, r.url.path) == (method, path)]


def result(number: int) -> dict[str, Any]:
    return {
        "id": f"r-{number}", "url": f"{BASE}/files/{number}.png", "width": 1280, "height": 720,
        "seed": number, "scores": {"legibility": 0.9},
        "report": [{"option": "title", "outcome": "applied", "reason": "set in Anton"},
                   {"option": "faceExpression", "outcome": "ignored"}],
    }  # fmt: skip


def missing() -> httpx.Response:
    return httpx.Response(404, json={"success": False, "error": "Not found"})


def poor() -> httpx.Response:
    return httpx.Response(402, json={"success": False, "error": "Insufficient credits"})


def success_response(data: Any, status: int = 200) -> httpx.Response:
    return httpx.Response(status, json={"success": True, "data": data})
