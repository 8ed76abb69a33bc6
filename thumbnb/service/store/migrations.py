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

# -- thumbnails from a prompt ---------------------------------------------------------

JOBS_ENDED = "ALTER TABLE jobs ADD COLUMN ended_at TEXT"

# brief: what was asked for, in the words of the wire (JSON).
PROJECTS = """
CREATE TABLE projects (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    brief TEXT NOT NULL,
    is_favorite INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    restored_at TEXT
) STRICT
"""

# What the queue does not know of a job that makes thumbnails; it has the same id.
GENERATIONS = """
CREATE TABLE generations (
    id TEXT PRIMARY KEY REFERENCES jobs (id),
    project_id TEXT NOT NULL REFERENCES projects (id),
    is_favorite INTEGER NOT NULL DEFAULT 0,
    deleted_at TEXT
) STRICT
"""
GENERATIONS_OF = "CREATE INDEX generations_of ON generations (project_id)"
GENERATION_STATES = """
CREATE VIEW generation_states AS
    SELECT g.*, j.seq, j.params, j.error, j.created_at, j.ended_at,
        CASE j.state WHEN 'queued' THEN 'pending' WHEN 'running' THEN 'processing'
            WHEN 'done' THEN 'completed' ELSE 'failed' END AS status
    FROM generations AS g JOIN jobs AS j ON j.id = g.id
"""

_VISIBLE = "SELECT 1 FROM generation_states AS g WHERE g.project_id = p.id AND g.deleted_at IS NULL"
PROJECT_STATES = f"""
CREATE VIEW project_states AS
    SELECT p.*, p.rowid AS seq, CASE
        WHEN EXISTS ({_VISIBLE} AND g.status IN ('pending', 'processing')) THEN 'processing'
        WHEN NOT EXISTS ({_VISIBLE} AND g.created_at > ifnull(p.restored_at, ''))
            THEN iif(p.restored_at IS NULL, 'draft', 'completed')
        WHEN EXISTS ({_VISIBLE} AND g.status = 'failed') THEN 'failed'
        ELSE 'completed' END AS status
    FROM projects AS p
"""  # noqa: S608 - our own words

# role: 'face', 'template' and 'bucket' were uploaded; 'style', 'content' and
# 'portrait' are what a project or a generation (its owner) works from, 'result' is
# what a generation made, in its place among the others; a 'sample' is of the catalogue.
PICTURES = """
CREATE TABLE pictures (
    id TEXT PRIMARY KEY,
    role TEXT NOT NULL CHECK (role IN (
        'face', 'template', 'bucket', 'style', 'content', 'portrait', 'result', 'sample')),
    owner_id TEXT,
    position INTEGER NOT NULL DEFAULT 0,
    name TEXT NOT NULL,
    description TEXT,
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    data TEXT NOT NULL DEFAULT '{}',
    created_at TEXT NOT NULL
) STRICT
"""
PICTURE_PLACE = """
CREATE UNIQUE INDEX picture_place ON pictures (owner_id, role, position)
WHERE owner_id IS NOT NULL
"""

PERSONS = """
CREATE TABLE persons (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT,
    is_default INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL
) STRICT
"""
DEFAULT_ONCE = "CREATE UNIQUE INDEX default_once ON persons (is_default) WHERE is_default"
PORTRAITS = """
CREATE TABLE portraits (
    person_id TEXT NOT NULL REFERENCES persons (id) ON DELETE CASCADE,
    picture_id TEXT NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    PRIMARY KEY (person_id, picture_id)
) STRICT
"""
PORTRAITS_OF = "CREATE INDEX portraits_of ON portraits (picture_id)"

# What was taken from the account. What a job costs counts for as long as the job
# has not failed: so it is given back in the very moment the job fails.
CHARGES = """
CREATE TABLE charges (
    id INTEGER PRIMARY KEY,
    reason TEXT NOT NULL,
    credits REAL NOT NULL,
    job_id TEXT UNIQUE REFERENCES jobs (id),
    created_at TEXT NOT NULL
) STRICT
"""
SPENT = """
CREATE VIEW spent (reason, credits) AS
    SELECT c.reason, c.credits FROM charges AS c LEFT JOIN jobs AS j ON j.id = c.job_id
    WHERE j.state IS NULL OR j.state != 'failed'
"""

USED_FILES_2 = f"{USED_FILES.rstrip()}\n    UNION ALL SELECT sha256 FROM pictures\n"  # noqa: S608 - our own words
PICTURES_BY_FILE = "CREATE INDEX pictures_by_file ON pictures (sha256)"

# The files whose last row may have been deleted. They are removed from the disk after that
# is written, and by this list alone: never because no row names them.
UNUSED_FILES = "CREATE TABLE unused_files (sha256 TEXT PRIMARY KEY) STRICT, WITHOUT ROWID"


def _noting(table: str, when: str, name: str) -> str:
    return f"""
CREATE TRIGGER {table}_{name} AFTER {when} ON {table} WHEN old.sha256 IS NOT NULL
BEGIN INSERT OR IGNORE INTO unused_files VALUES (old.sha256); END
"""  # noqa: S608 - our own words


FILES_LEFT = tuple(
    _noting(table, "DELETE", "file_left")
    for table in ("videos", "images", "previews", "uploads", "pictures")
)
FILE_REPLACED = _noting("uploads", "UPDATE OF sha256", "file_replaced")

# What a paid request was answered, by the key that its client gave it. Written with
# what it paid for, so that the same request coming again finds the one or neither.
IDEMPOTENCY_KEYS = """
CREATE TABLE idempotency_keys (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    answer TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT
"""

# A job that several requests wait for is not cancelled by one of them.
JOBS_SHARED = "ALTER TABLE jobs ADD COLUMN is_shared INTEGER NOT NULL DEFAULT 0"

# What an engine was asked to paint for a job, written before it is sent; 'unknown': it may
# have been painted, and paid. ``positions`` (JSON) are the variations it is for.
PAINTINGS = """
CREATE TABLE paintings (
    id TEXT PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES jobs (id),
    engine TEXT NOT NULL,
    positions TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('intent', 'painted', 'refused', 'unknown')),
    reserved REAL,
    cost REAL,
    currency TEXT,
    tokens TEXT NOT NULL DEFAULT '{}',
    error TEXT,
    created_at TEXT NOT NULL,
    ended_at TEXT
) STRICT
"""
PAINTINGS_OF = "CREATE INDEX paintings_of ON paintings (job_id)"
PAINTINGS_BY = "CREATE INDEX paintings_by ON paintings (engine)"
# Images as they came, without words; is_partial: not finished yet.
PAINTED_IMAGES = """
CREATE TABLE painted_images (
    id TEXT PRIMARY KEY,
    painting_id TEXT NOT NULL REFERENCES paintings (id),
    job_id TEXT NOT NULL REFERENCES jobs (id),
    position INTEGER NOT NULL,
    is_partial INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    created_at TEXT NOT NULL
) STRICT
"""
PAINTED_ONCE = """
CREATE UNIQUE INDEX painted_once ON painted_images (job_id, position, is_partial)
"""
USED_FILES_3 = f"{USED_FILES_2.rstrip()}\n    UNION ALL SELECT sha256 FROM painted_images\n"  # noqa: S608 - our own words
PAINTED_BY_FILE = "CREATE INDEX painted_by_file ON painted_images (sha256)"

GENERATION_STATES_2 = GENERATION_STATES.replace("j.error,", "j.error, j.result,")

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
    (
        JOBS_ENDED,
        PROJECTS,
        GENERATIONS,
        GENERATIONS_OF,
        GENERATION_STATES,
        PROJECT_STATES,
        PICTURES,
        PICTURE_PLACE,
        PICTURES_BY_FILE,
        PERSONS,
        DEFAULT_ONCE,
        PORTRAITS,
        PORTRAITS_OF,
        CHARGES,
        SPENT,
        "DROP VIEW used_files",
        USED_FILES_2,
    ),
    (UNUSED_FILES, *FILES_LEFT, FILE_REPLACED),
    (IDEMPOTENCY_KEYS,),
    (JOBS_SHARED,),
    (
        PAINTINGS,
        PAINTINGS_OF,
        PAINTINGS_BY,
        PAINTED_IMAGES,
        PAINTED_ONCE,
        PAINTED_BY_FILE,
        "DROP VIEW used_files",
        USED_FILES_3,
        "DROP VIEW project_states",
        "DROP VIEW generation_states",
        GENERATION_STATES_2,
        PROJECT_STATES,
        _noting("painted_images", "DELETE", "file_left"),
        _noting("painted_images", "UPDATE OF sha256", "file_replaced"),
    ),
)
