"""What a client may send and what the service takes: the same fields, within the same limits."""

from __future__ import annotations

import pytest

from thumbnb import briefs
from thumbnb.service.youthumb import requests


@pytest.mark.parametrize(
    ("sent", "taken"),
    [
        (briefs.AdvancedOptions, requests.AdvancedOptions),
        (briefs.ContentImage, requests.ContentImage),
    ],
)
def test_the_fields_are_the_same(sent, taken):
    assert set(sent.model_fields) == set(taken.model_fields)


@pytest.mark.parametrize(
    ("field", "low", "high"),
    [("variations", 1, briefs.MAX_VARIATIONS), ("background_blur", 0, briefs.MAX_BLUR)],
)
def test_a_number_has_the_same_bounds_on_both_sides(field, low, high):
    for kind in (briefs.AdvancedOptions, requests.AdvancedOptions):
        sent = kind.model_fields[field].alias or field
        assert [getattr(kind(**{sent: value}), field) for value in (low, high)] == [low, high]
        for value in (low - 1, high + 1):
            with pytest.raises(ValueError, match=r".+"):
                kind(**{sent: value})
