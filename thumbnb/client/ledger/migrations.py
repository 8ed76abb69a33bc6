"""The ledger's tables, as the steps that make them: a step once released is never changed."""

from __future__ import annotations

RUNS = """
CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    service TEXT NOT NULL,
    place TEXT NOT NULL,
    kind TEXT NOT NULL,
    request TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    take INTEGER NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('intent', 'unknown', 'running', 'made', 'done', 'failed', 'void')),
    prompt TEXT,
    preset TEXT,
    known TEXT NOT NULL,
    project_id TEXT,
    job_id TEXT,
    output_url TEXT,
    reserved REAL NOT NULL,
    credits REAL,
    retries INTEGER NOT NULL DEFAULT 0,
    answer TEXT,
    error TEXT,
    created REAL NOT NULL,
    started REAL,
    noticed REAL,
    saved REAL,
    seconds REAL
) STRICT
"""
# Two lost answers can never be taken for the same job.
RUNS_BY_JOB = "CREATE UNIQUE INDEX runs_by_job ON runs (place, job_id) WHERE job_id IS NOT NULL"
RUNS_BY_REQUEST = "CREATE INDEX runs_by_request ON runs (request_hash, take)"
RUNS_OPEN = (
    "CREATE INDEX runs_open ON runs (id) WHERE state IN ('intent', 'unknown', 'running', 'made')"
)
RESULTS = """
CREATE TABLE results (
    run_id INTEGER NOT NULL REFERENCES runs (id),
    position INTEGER NOT NULL,
    id TEXT NOT NULL,
    url TEXT,
    sha256 TEXT,
    width INTEGER,
    height INTEGER,
    seed INTEGER,
    scores TEXT NOT NULL,
    report TEXT NOT NULL,
    PRIMARY KEY (run_id, position)
) STRICT, WITHOUT ROWID
"""

# What was learned of how long jobs take: ``Schedule.to_json``, a row a kind.
DURATIONS = """
CREATE TABLE durations (
    service TEXT NOT NULL,
    kind TEXT NOT NULL,
    preset TEXT NOT NULL,
    belief TEXT NOT NULL,
    PRIMARY KEY (service, kind, preset)
) STRICT, WITHOUT ROWID
"""

# The requests of the last minute to hosts that allow only so many, from all kernels.
SENT = "CREATE TABLE sent (host TEXT NOT NULL, at REAL NOT NULL) STRICT"

# What people said of images, by the hash of their bytes: so it outlives kernels and sweeps.
CHOICES = """
CREATE TABLE choices (
    sha256 TEXT PRIMARY KEY,
    starred INTEGER NOT NULL DEFAULT 0,
    rating INTEGER CHECK (rating BETWEEN 1 AND 5),
    rejected INTEGER NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',
    changed REAL NOT NULL
) STRICT, WITHOUT ROWID
"""
# Which of two images somebody liked better; ``id`` is the same wherever the vote is copied to.
VOTES = """
CREATE TABLE votes (
    id TEXT PRIMARY KEY,
    voter TEXT NOT NULL,
    left_image TEXT NOT NULL,
    right_image TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('left', 'right', 'tie')),
    at REAL NOT NULL
) STRICT, WITHOUT ROWID
"""
VOTES_BY_IMAGE = "CREATE INDEX votes_by_image ON votes (left_image, right_image)"
# How an image did in a test with viewers: its share of the watch time.
OUTCOMES = """
CREATE TABLE outcomes (
    pack TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    share REAL,
    won INTEGER NOT NULL DEFAULT 0,
    at REAL NOT NULL,
    PRIMARY KEY (pack, sha256)
) STRICT, WITHOUT ROWID
"""
# The tables of what people said; their rows are the same wherever they are copied to.
CHOSEN = ("choices", "votes", "outcomes")
# SQLite changes no CHECK: both tables are written anew, with one state more.
RUNS_CANCELLED = """
CREATE TABLE new_runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    service TEXT NOT NULL,
    place TEXT NOT NULL,
    kind TEXT NOT NULL,
    request TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    take INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN (
        'intent', 'unknown', 'running', 'made', 'done', 'failed', 'void', 'cancelled')),
    prompt TEXT,
    preset TEXT,
    known TEXT NOT NULL,
    project_id TEXT,
    job_id TEXT,
    output_url TEXT,
    reserved REAL NOT NULL,
    credits REAL,
    retries INTEGER NOT NULL DEFAULT 0,
    answer TEXT,
    error TEXT,
    created REAL NOT NULL,
    started REAL,
    noticed REAL,
    saved REAL,
    queued REAL,
    lasted REAL,
    idempotency_key TEXT
) STRICT
"""
_RUN_COLUMNS = (
    "id, service, place, kind, request, request_hash, take, state, prompt, preset, known, "
    "project_id, job_id, output_url, reserved, credits, retries, answer, error, created, "
    "started, noticed, saved, queued, lasted, idempotency_key"
)

MIGRATIONS = [
    [RUNS, RUNS_BY_JOB, RUNS_BY_REQUEST, RUNS_OPEN, RESULTS],
    [DURATIONS, "ALTER TABLE runs DROP COLUMN seconds"],
    # Seconds until it was seen at work, and those it lasted by the service's own clock.
    ["ALTER TABLE runs ADD COLUMN queued REAL", "ALTER TABLE runs ADD COLUMN lasted REAL"],
    [SENT],
    # By it a service recognizes a paid call that is sent again.
    ["ALTER TABLE runs ADD COLUMN idempotency_key TEXT"],
    [CHOICES, VOTES, VOTES_BY_IMAGE, OUTCOMES],
    [
        RUNS_CANCELLED,
        f"INSERT INTO new_runs ({_RUN_COLUMNS}) SELECT {_RUN_COLUMNS} FROM runs",  # noqa: S608
        RESULTS.replace("results", "new_results").replace("runs", "new_runs"),
        "INSERT INTO new_results SELECT * FROM results",
        "DROP TABLE results",
        "DROP TABLE runs",
        "ALTER TABLE new_runs RENAME TO runs",
        "ALTER TABLE new_results RENAME TO results",
        RUNS_BY_JOB,
        RUNS_BY_REQUEST,
        RUNS_OPEN,
    ],
    # What paints, and what it has charged for each image, where that is known.
    [
        "ALTER TABLE runs ADD COLUMN engine TEXT",
        "ALTER TABLE results ADD COLUMN engine TEXT",
        "ALTER TABLE results ADD COLUMN cost REAL",
        "ALTER TABLE results ADD COLUMN currency TEXT",
    ],
]
