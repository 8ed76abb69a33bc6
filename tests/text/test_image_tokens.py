"""One grammar of ``@imageN``: the client, the service, the compositor and the browser agree."""

from __future__ import annotations

import re
import warnings

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from thumbnb import errors
from thumbnb.client.purchases.draft_request import name_every_image
from thumbnb.render.prompt.parser import parse_prompt
from thumbnb.service.tasks.generation_task import named_images
from thumbnb.text import image_tokens
from thumbnb.widgets.form.prompt_field import PromptField

prompts = st.lists(
    st.sampled_from(
        ["@image1", "@Image2", "@IMAGE3", "@image12", "@image0", "@image01", "@image", "@image1st",
         "@\u0131mage1", "@image\uff11", "@image1é", "x@image2", "@image3's",
         "@image2,", "a logo", "é", "_"]
    )
    | st.text(max_size=6),
    max_size=8,
).map(" ".join)  # fmt: skip


@given(prompts)
@example("@Image1 beside @image12")
@example("@image1234567890")
def test_the_client_and_the_service_name_the_same_images(prompt):
    named = image_tokens.numbers(prompt)
    assert named_images(prompt) == named
    assert image_tokens.missing(prompt, 5) == [n for n in range(1, 6) if n not in named]
    assert image_tokens.stray(prompt, 5) == sorted(n for n in named if not 1 <= n <= 5)


@given(prompts)
@example("a red @Image1")
def test_the_client_adds_only_names_that_the_service_does_not_see(prompt):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            sent = name_every_image(prompt, 3)
        except errors.InvalidInput:
            assert image_tokens.stray(prompt, 3)
            return
    assert named_images(sent) == {1, 2, 3}
    assert (sent == prompt) == (named_images(prompt) == {1, 2, 3})


@pytest.mark.parametrize("text", ["@image1", "@Image1", "@IMAGE01"])
def test_the_compositor_reads_the_role_of_the_same_image(text):
    assert parse_prompt(f"a car, {text} as the logo").roles == {1: "logo"}


def test_the_compositor_takes_image_12_for_image_12():
    assert parse_prompt("@image12 as the logo, @image1 as the background").roles == {
        12: "logo",
        1: "background",
    }
    assert parse_prompt("@image1st as the logo").roles == {}


@given(prompts)
def test_the_compositor_sees_no_image_that_the_service_does_not(prompt):
    assert set(parse_prompt(f"{prompt} as the logo").roles) <= image_tokens.numbers(prompt)


@given(prompts, st.permutations([1, 2, 3, 4]))
def test_renumbering_and_back_keeps_the_prompt(prompt, order):
    new = dict(zip([1, 2, 3, 4], order, strict=True))
    back = {after: before for before, after in new.items()}
    there = image_tokens.renumbered(prompt, new)
    assert image_tokens.renumbered(there, back) == image_tokens.renumbered(prompt, {})


def test_the_pattern_means_the_same_in_javascript():
    # No classes and boundaries that are of Unicode here and of ASCII there, and no flags.
    assert not re.search(r"\\[bBdDsSwW]|\(\?[a-zA-Z]", image_tokens.PATTERN)


def test_the_browser_is_given_the_pattern():
    assert PromptField().token_pattern == image_tokens.PATTERN
