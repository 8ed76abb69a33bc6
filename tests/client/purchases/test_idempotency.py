"""The Idempotency-Key of paid calls: one a run, the same however often it is sent."""

from __future__ import annotations

import pytest

import thumbnb as tb
from tests.client import stub
from tests.client.youthumb_stub import YouThumbState
from thumbnb import errors
from thumbnb.api.transport import Transport

HEADER = "Idempotency-Key"


@pytest.fixture
def state():
    return YouThumbState(balance=1000)


@pytest.fixture
def client(state, tmp_path):
    client = stub.connect(state, home=tmp_path)
    yield client
    client.close()
    client._session.runner.stop()


def keys(state, end):
    return [
        request.headers.get(HEADER)
        for request in state.requests
        if request.method == "POST" and request.url.path.endswith(end)
    ]


def generate(client):
    project = client.create_project("a red balloon")
    return project.generate()


PAID = {
    "/start": generate,
    "/improve": lambda client: client.improve_prompt("a cat"),
    "/from-reference": lambda client: client.prompt_from(stub.picture()),
    "/thumbnail": lambda client: client.video("m-1").generate_thumbnail(time=5),
    "/upload": lambda client: client.upload("https://films.example/a.mp4"),
}


@pytest.mark.parametrize("end", PAID)
def test_every_paid_call_has_a_key_and_no_two_runs_share_one(client, state, end):
    PAID[end](client)
    PAID[end](client)
    first, second = keys(state, end)
    assert first
    assert second
    assert first != second
    recorded = {client.run(number).record.idempotency_key for number in (1, 2)}
    assert recorded == {first, second}


def test_what_costs_nothing_has_none(client, state):
    generate(client)
    sent = [r for r in state.requests if HEADER in r.headers]
    assert [r.url.path.rpartition("/")[2] for r in sent] == ["start"]


@pytest.mark.parametrize("fault", ["unreachable", "refused", "busy"])
def test_a_call_that_is_sent_again_by_itself_keeps_its_key(client, state, fault):
    project = client.create_project("a red balloon")
    state.faults.extend([fault, fault])
    project.generate()
    assert len(set(keys(state, "/start"))) == 1


def test_a_lost_call_that_is_sent_again_keeps_its_key(client, state):
    project = client.create_project("a red balloon")
    state.faults.append("lost request")
    with pytest.raises(errors.OutcomeUnknown) as caught:
        project.generate()
    caught.value.resend()
    first, second = keys(state, "/start")
    assert first == second
    assert project.generate().run_id == 3
    assert keys(state, "/start")[2] != first


def test_with_images_that_are_uploaded_again_it_gets_another_key(client, state):
    # Their addresses are others, and the same key with another body is refused.
    project = client.create_project("a red @image1", content_images=[stub.picture()])
    state.faults.extend(["none", "lost request"])  # the upload, the start
    with pytest.raises(errors.OutcomeUnknown) as caught:
        project.generate(content_images=[stub.picture(colour="blue")])
    caught.value.resend()
    first, second = keys(state, "/start")
    assert first != second


def test_the_embedded_service_honours_it(tmp_path, monkeypatch):
    """A prompt whose answer was lost, sent again, is paid once."""
    client = tb.connect(embedded=True, home=tmp_path, quiet=True)
    before = client.usage().credits
    call, lost = Transport.call, []

    async def lose_the_first(self, method, path, **how):
        answer = await call(self, method, path, **how)
        if path.endswith("/improve") and not lost:
            lost.append(answer)
            raise errors.OutcomeUnknown("The answer was lost.")
        return answer

    monkeypatch.setattr(Transport, "call", lose_the_first)
    with pytest.raises(errors.OutcomeUnknown) as caught:
        client.improve_prompt("a cat on a roof")
    assert caught.value.resend() == lost[0]["data"]["prompt"]
    assert client.usage().credits == before - 0.5
    client.close()
