"""The engine behind an address: what it sends in each dialect, and what it bears of answers."""

from __future__ import annotations

import asyncio
import io

import pytest
from PIL import Image

import thumbnb as tb
from tests.engines.image_server import KEY, ImageServer, State, encoded
from tests.service.tools import Source, plain
from thumbnb import errors
from thumbnb.render.engines.protocol import PaintRequest, Reference

REFERENCE = Reference("image1", encoded((320, 180)), "image/png")


def paint(engine, **fields):
    received = []
    request = PaintRequest(**{"prompt": "A fox in the snow", **fields})
    painting = asyncio.run(engine.paint(request, received.append))
    return painting, received


# -- what is sent ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dialect", "size"),
    [("openai", "1536x864"), ("vllm-omni", "1536x864"), ("litellm", "1536x1024"),
     ("sd-server", "1536x896"), ("open", "1536x1024")],
)  # fmt: skip
def test_the_nearest_size_is_asked_for(state, engine, dialect, size):
    state.dialect = dialect
    paint(engine())
    assert state.requests[0]["size"] == size


def test_a_model_of_three_sizes_is_asked_for_three_to_two(state, engine):
    state.model = "gpt-image-1.5"
    paint(engine())
    assert state.requests[0]["size"] == "1536x1024"


def test_the_dialect_is_reported_by_the_server_and_may_be_given(state, engine):
    state.dialect = "vllm-omni"
    asked = engine(dialect=None)
    paint(asked, seed=7, negative_prompt="text")
    assert asked.dialect.name == "vllm-omni"
    assert (state.requests[0]["seed"], state.requests[0]["negative_prompt"]) == (7, "text")
    assert engine(dialect="ollama").dialect.name == "ollama"
    with pytest.raises(errors.InvalidInput, match="vllm-omni"):
        engine(dialect="vllm-omi")


def test_a_server_that_lists_no_models_is_spoken_to_all_the_same(state, engine):
    state.dialect = "no-models"
    painting, _ = paint(engine(dialect=None))
    assert len(painting.images) == 1
    assert set(state.requests[0]) == {"path", "model", "prompt", "n", "size"}


def test_several_images_come_by_one_request(state, engine):
    painting, _ = paint(engine(), count=3)
    assert (len(painting.images), state.requests[0]["n"]) == (3, 3)
    assert state.painted == 3


def test_options_are_sent_as_they_are(state, engine):
    paint(engine(options={"quality": "high"}))
    assert state.requests[0]["quality"] == "high"


def test_references_make_an_edit_in_the_form_of_the_dialect(state, engine):
    paint(engine(), references=(REFERENCE, REFERENCE))
    assert state.requests[0]["path"].endswith("/edits")
    assert [name for name, _ in state.files[0]] == ["image[]", "image[]"]
    state.dialect = "litellm"
    paint(engine(), references=(REFERENCE,))
    assert state.files[1] == [("image", REFERENCE.data)]


def test_references_are_left_out_where_none_are_taken(state, engine):
    state.dialect = "ollama"
    paint(engine(), references=(REFERENCE,))
    assert state.requests[0]["path"].endswith("/generations")


@pytest.mark.parametrize(
    ("dialect", "field", "painted", "kept"),
    [("openai", "mask", (0, 0, 0, 0), (0, 0, 0, 255)), ("vllm-omni", "mask_image", 255, 0)],
)
def test_a_mask_is_sent_in_the_polarity_of_the_dialect(
    state, engine, dialect, field, painted, kept
):
    state.dialect = dialect
    mask = Image.new("L", (32, 18))
    mask.paste(255, (0, 0, 16, 18))  # the left half is to be painted anew
    out = io.BytesIO()
    mask.save(out, "PNG")
    paint(engine(), references=(REFERENCE,), mask=out.getvalue())
    sent = dict(state.files[0])[field]
    with Image.open(io.BytesIO(sent)) as image:
        assert image.getpixel((4, 9)) == painted
        assert image.getpixel((28, 9)) == kept


# -- what comes back ------------------------------------------------------------------


def test_unfinished_images_are_shown_on_the_way(state, engine):
    painting, received = paint(engine())
    assert [progress.image is not None for progress in received] == [True]
    assert painting.usage.tokens == {"text_input": 50, "image_output": 1000}


def test_a_relative_address_is_fetched_at_the_server_with_the_key(state, engine):
    state.dialect = "sglang"
    painting, _ = paint(engine(), references=(REFERENCE,))
    assert len(painting.images) == 1
    assert ("/v1/images/img-7/content", f"Bearer {KEY}") in state.keys


def test_key_is_sent_to_no_other_server_and_private_addresses_are_refused(state, engine):
    with Source(lambda handler: plain(handler, encoded((512, 288)))) as other:
        state.dialect, state.url = "open", f"{other.url}/image.png"
        with pytest.raises(errors.DownloadFailed, match="not on the public internet"):
            paint(engine())
        assert other.requested == []


def test_a_server_may_not_lead_elsewhere_by_a_redirect(state, engine):
    def leave(handler):
        handler.send_response(302)
        handler.send_header("Location", "http://127.0.0.1:1/secret")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    with Source(leave) as other:
        state.dialect, state.url = "open", f"{other.url}/x"
        own = tb.engines.OpenAIImages("painter-1", base_url=f"{other.url}/v1", dialect="open")
        answer = {"data": [{"url": "/images/1"}]}
        with pytest.raises(errors.ProtocolError):
            asyncio.run(_images_of(own, answer))


async def _images_of(engine, answer):
    from thumbnb.engines import wire_format

    async with engine._open(5.0) as http:
        return await wire_format.images_of(http, "/images/generations", answer)


def test_a_data_address_and_a_jpeg_called_png_are_images(state, engine):
    state.dialect, state.image = "open", encoded((1536, 1024), form="JPEG")
    painting, _ = paint(engine())
    assert painting.images[0] == state.image


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (encoded((1, 1)), "1x1"),
        (encoded((20_000, 20), "#ffffff"), "20000x20"),
        (b"GIF89a nothing more", "no image"),
        (b"<svg/>", "no image"),
        (b"", "no image"),
    ],
)
def test_what_is_no_image_to_use_is_reported_to_be_none(state, engine, image, message):
    state.dialect, state.image = "open", image
    with pytest.raises(errors.ProtocolError, match=message) as caught:
        paint(engine())
    assert "may have been charged" in str(caught.value)
    assert len(state.requests) == 1


@pytest.mark.slow
def test_twenty_thousand_pixels_a_side_are_not_decoded(state, engine):
    bomb = Image.new("1", (20_000, 20_000))
    out = io.BytesIO()
    bomb.save(out, "PNG")
    state.dialect, state.image = "open", out.getvalue()
    with pytest.raises(errors.ProtocolError, match=r"too large|20000x20000"):
        paint(engine())


# -- how it fails ---------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["429", "503"])
def test_a_refusal_before_any_work_is_sent_again(state, engine, fault):
    state.faults.extend([fault, fault])
    painting, _ = paint(engine())
    assert len(painting.images) == 1
    assert (len(state.requests), state.painted) == (3, 1)


@pytest.mark.parametrize(
    ("fault", "kind", "message"),
    [
        ("moderated", errors.PromptRefused, "safety system"),
        ("quota", errors.InsufficientCredits, "no money left"),
        ("422", errors.Rejected, "size is not allowed"),
        ("500", errors.OutcomeUnknown, "it broke"),
        ("lost", errors.OutcomeUnknown, "may or may not"),
        ("html", errors.OutcomeUnknown, "gateway|JSON"),
        ("broken", errors.OutcomeUnknown, "stopped telling"),
    ],
)
def test_each_failure_is_an_error_of_its_own_and_nothing_is_sent_twice(
    state, engine, fault, kind, message
):
    state.faults.append(fault)
    with pytest.raises(kind, match=message):
        paint(engine())
    assert len(state.requests) == 1


@pytest.mark.parametrize("fault", ["moderated by type", "moderated with 200"])
def test_a_refusal_by_rules_is_known_in_every_shape(state, engine, fault):
    state.dialect = "litellm"
    state.faults.append(fault)
    with pytest.raises(errors.PromptRefused, match="not allowed"):
        paint(engine())
    assert (len(state.requests), state.painted) == (1, 0)


def test_a_server_may_call_this_machine_by_another_name(state, server, engine):
    state.dialect = "open"
    state.url = f"{server.origin.replace('127.0.0.1', 'localhost')}/generated/1.png"
    painting, _ = paint(engine())
    assert len(painting.images) == 1


def test_a_refusal_by_rules_is_also_a_failed_job():
    assert issubclass(errors.PromptRefused, errors.JobFailed)
    assert issubclass(errors.PromptRefused, errors.Rejected)


def test_an_endless_body_ends(state, engine, monkeypatch):
    from thumbnb.api import images

    monkeypatch.setattr(images, "MAX_ANSWER", 4 * 2**20)
    state.dialect = "open"
    state.faults.append("endless")
    with pytest.raises(errors.DownloadFailed, match="more than 4 MB"):
        paint(engine())


def test_a_wrong_address_costs_nothing_and_says_so(server, state):
    wrong = tb.engines.OpenAIImages("painter-1", base_url=server.origin, dialect="open")
    with pytest.raises(errors.NotFound):
        paint(wrong)
    nobody = tb.engines.OpenAIImages("painter-1", base_url="http://127.0.0.1:9/v1")
    with pytest.raises(errors.ConnectionFailed):
        paint(nobody)
    assert state.painted == 0


def test_other_server_is_detected_before_anything_is_paid(state, engine):
    state.dialect = "website"
    with pytest.raises(errors.ProtocolError):
        asyncio.run(engine(dialect=None).check())
    with pytest.raises(errors.NotFound):
        paint(engine(dialect=None))


def test_a_wrong_key_is_reported_apart(state, engine):
    with pytest.raises(errors.AuthenticationFailed):
        paint(engine(key="sk-another"))
    assert state.painted == 0


def test_key_repeated_by_a_server_stays_out_of_errors(state, engine):
    state.faults.append("echo")
    with pytest.raises(errors.Rejected) as caught:
        paint(engine())
    reported = repr(caught.value) + str(caught.value) + str(caught.value.body) + repr(engine())
    assert KEY not in reported
    assert "***" in reported


def test_an_engine_that_cannot_work_is_refused_when_it_is_made():
    make = tb.engines.OpenAIImages
    with pytest.raises(errors.InvalidInput, match="need a key"):
        make("gpt-image-2")
    with pytest.raises(errors.InvalidInput, match="http"):
        make("m", base_url="127.0.0.1:8000/v1")
    with pytest.raises(errors.InvalidInput, match="characters no key can have"):
        make("m", base_url="http://127.0.0.1/v1", key="sk-\nx")
    with pytest.raises(errors.InvalidInput, match="'image'"):
        make("m", base_url="http://127.0.0.1/v1", prices={"imgae": 0.04})
    with pytest.raises(errors.InvalidInput, match="price of an image"):
        make("m", base_url="http://127.0.0.1/v1", budget=1.0)
    with pytest.raises(errors.InvalidInput, match="compositor"):
        make("compositor", base_url="http://127.0.0.1/v1")
    with pytest.raises(errors.InvalidInput, match="model"):
        make("", base_url="http://127.0.0.1/v1")


def test_a_price_table_gives_the_cost(state, engine):
    painting, _ = paint(engine(prices={"image": 0.04, "currency": "EUR"}), count=2)
    assert (painting.usage.cost, painting.usage.currency) == (0.08, "EUR")
    prices = {"text_input": 5, "image_output": 40}
    painting, _ = paint(engine(prices=prices))
    assert painting.usage.cost == pytest.approx((50 * 5 + 1000 * 40) / 1e6)
    painting, _ = paint(engine())
    assert painting.usage.cost is None


def test_available_says_who_answers(engine, monkeypatch):
    gone = tb.engines.OpenAIImages("gone", base_url="http://127.0.0.1:9/v1")
    table = tb.engines.available(engine(), gone).set_index("name")
    assert bool(table.loc["compositor", "answers"])
    assert table.loc["compositor", "price"] == "free"
    assert bool(table.loc["painter-1", "answers"])
    assert table.loc["painter-1", "price"] == "unknown price"
    assert not table.loc["gone", "answers"]
    assert "could not be reached" in table.loc["gone", "note"]


def test_the_environment_names_an_engine_and_a_key_alone_none(monkeypatch):
    from thumbnb.engines.from_environment import engine_of

    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert engine_of(None, None) is None
    monkeypatch.setenv("THUMBNB_ENGINE_URL", "http://127.0.0.1:8000/v1")
    with pytest.raises(errors.InvalidInput, match="THUMBNB_ENGINE_MODEL"):
        engine_of(None, None)
    monkeypatch.setenv("THUMBNB_ENGINE_MODEL", "flux2-klein")
    assert engine_of(None, None).name == "flux2-klein"


def test_a_cancelled_painting_hangs_up(state, server, engine):
    import threading

    state.gate = threading.Event()

    async def give_up():
        task = asyncio.ensure_future(engine().paint(PaintRequest(prompt="A fox")))
        await asyncio.to_thread(state.arrived.wait, 30)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(give_up())


def test_two_servers_of_two_dialects_are_two_engines(engine):
    with ImageServer(State(dialect="localai", model="other")) as second:
        other = tb.engines.OpenAIImages("other", base_url=second.url, name="home")
        painting, _ = paint(other)
        assert len(painting.images) == 1
        assert (other.name, other.dialect.name) == ("home", "localai")
