"""The tables, as the steps that make them: a step once released is never changed."""

from __future__ import annotations

JOBS = """
CREATE TABLE jobs (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    params TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'queued'
        CHECK (state IN ('queued', 'running', 'done', 'failed')),
    progress REAL NOT NULL DEFAULT 0,
    owner TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    result TEXT,
    error TEXT,
    created_at TEXT NOT NULL
) STRICT
"""

# Work that is asked for twice while it is under way is done once.
JOBS_ONCE = "CREATE UNIQUE INDEX jobs_once ON jobs (key) WHERE state IN ('queued', 'running')"
# Both are looked at every other second, however many jobs have ended by then.
JOBS_QUEUED = "CREATE INDEX jobs_queued ON jobs (seq) WHERE state = 'queued'"
JOBS_RUNNING = "CREATE INDEX jobs_running ON jobs (owner) WHERE state = 'running'"

COLLECTIONS = """
CREATE TABLE collections (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    is_public INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL
) STRICT
"""

DEFAULT_COLLECTION = """
INSERT INTO collections (id, name, description, created_at)
VALUES ('default', 'Default', 'Everything that is put nowhere else',
        strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
"""

# An address that takes one file, and the file once it has come. Its id is the
# video's id to be, so that asking twice for the video of one file gives one.
UPLOADS = """
CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    collection_id TEXT NOT NULL REFERENCES collections (id),
    name TEXT,
    sha256 TEXT,
    created_at TEXT NOT NULL
) STRICT
"""

VIDEOS = """
CREATE TABLE videos (
    id TEXT PRIMARY KEY,
    collection_id TEXT NOT NULL REFERENCES collections (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    length REAL NOT NULL,
    fps REAL NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    job_id TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT
"""

# role: 'cover' is made with its video and goes with it; 'thumbnail' was asked
# for; 'generated' has no video. time..until is what of its video it shows.
IMAGES = """
CREATE TABLE images (
    id TEXT PRIMARY KEY,
    collection_id TEXT NOT NULL REFERENCES collections (id),
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('cover', 'thumbnail', 'generated')),
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    video_id TEXT,
    time REAL,
    until REAL,
    job_id TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT
"""

THUMBNAIL_ONCE = """
CREATE UNIQUE INDEX thumbnail_once ON images (video_id, width, height, time)
WHERE role = 'thumbnail'
"""
COVER_ONCE = "CREATE UNIQUE INDEX cover_once ON images (video_id) WHERE role = 'cover'"

# What can be made again from a video, kept because making it takes a while.
PREVIEWS = """
CREATE TABLE previews (
    id TEXT PRIMARY KEY,
    video_id TEXT NOT NULL REFERENCES videos (id) ON DELETE CASCADE,
    key TEXT NOT NULL UNIQUE,
    sha256 TEXT,
    media_type TEXT,
    data TEXT NOT NULL,
    job_id TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT
"""

USED_FILES = """
CREATE VIEW used_files (sha256) AS
    SELECT sha256 FROM videos
    UNION ALL SELECT sha256 FROM images
    UNION ALL SELECT sha256 FROM previews WHERE sha256 IS NOT NULL
    UNION ALL SELECT sha256 FROM uploads WHERE sha256 IS NOT NULL
"""
FILES_IN_USE = tuple(
    f"CREATE INDEX {table}_by_file ON {table} (sha256)"
    for table in ("videos", "images", "previews", "uploads")
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        JOBS,
        JOBS_ONCE,
        JOBS_QUEUED,
        JOBS_RUNNING,
        COLLECTIONS,
        DEFAULT_COLLECTION,
        UPLOADS,
        VIDEOS,
        IMAGES,
        THUMBNAIL_ONCE,
        COVER_ONCE,
        PREVIEWS,
        USED_FILES,
        *FILES_IN_USE,
    ),
)
