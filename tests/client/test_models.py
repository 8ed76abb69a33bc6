"""Records are open: what a service leaves out, adds or sends as null is no reason to fail."""

from __future__ import annotations

import pytest

from thumbnb import models

JOB = {"jobId": "j", "status": "completed"}


@pytest.mark.parametrize(
    ("kind", "message", "read"),
    [
        (models.ProjectStatus, {"projectId": "p", "status": None, "jobs": None}, {"jobs": []}),
        (models.ProjectStatus, {"projectId": "p", "status": None}, {"status": "draft"}),
        (models.JobRecord, {**JOB, "images": None}, {"images": models.JobImages()}),
        (models.JobRecord, {**JOB, "images": {"results": None}}, {"images": models.JobImages()}),
        (models.ResultRecord, {"id": None, "url": "u", "report": None}, {"id": "", "report": []}),
        (models.TemplateRecord, {"id": "t", "tags": None}, {"tags": []}),
        (models.PersonRecord, {"id": "p", "name": "Mia", "images": None}, {"images": []}),
        (models.AssetRecord, {"id": None, "url": "u"}, {"id": ""}),
        (models.StartRecord, {"status": None}, {"status": "processing"}),
        (models.SuggestionRecord, {"time": 3, "reasons": None}, {"reasons": []}),
        # Of two names the one that says something counts.
        (models.JobRecord, {"jobId": None, "id": "j"}, {"id": "j"}),
        (
            models.TemplateRecord,
            {"id": "t", "thumbnailUrl": None, "previewPath": "u"},
            {"thumbnail_url": "u"},
        ),
        (models.UsageRecord, {"credits": None, "balance": 3}, {"credits": 3}),
    ],
)
def test_null_says_no_more_than_a_field_that_is_not_there(kind, message, read):
    record = kind.model_validate(message)
    assert {name: getattr(record, name) for name in read} == read


def test_an_unknown_field_is_kept():
    record = models.JobRecord.model_validate({**JOB, "mood": "sunny", "images": {"odd": [1]}})
    assert record.model_extra == {"mood": "sunny"}
    assert record.images.model_extra == {"odd": [1]}
