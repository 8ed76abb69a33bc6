"""Client code: the Python that connects as a given client is connected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from thumbnb.api import videodb, youthumb
from thumbnb.client import keys
from thumbnb.storage.home import home_folder

if TYPE_CHECKING:
    from thumbnb.client.client import Client

_HOSTED = {videodb.SERVICE: videodb.BASE_URL, youthumb.SERVICE: youthumb.BASE_URL}


def connect_code(client: Client) -> str:
    """Return the lines that connect as ``client`` is connected; never with a key.

    >>> connecting(client).splitlines()[-1]  # doctest: +SKIP
    'client = tb.connect(budget=20)'
    """
    sessions = client.sessions
    home = client.result_store.folder.parent
    given = []
    if not any(each.metered for each in sessions):
        if any(keys.is_here(service, home=home) for service in keys.VARIABLES):
            given.append("embedded=True")
    else:
        given += [
            f"{each.http.service.lower()}_url={each.service_url!r}"
            for each in sessions
            if each.metered and each.service_url != _HOSTED[each.http.service]
        ]
    engine = sessions[1].engine_code or (sessions[1].engine and repr(sessions[1].engine))
    if engine:
        given.append(f"engine={engine}")
    if home.absolute() != home_folder().absolute():
        given.append(f"home={str(home)!r}")
    if client.budget.limit is not None:
        given.append(f"budget={client.budget.limit:g}")
    return f"import thumbnb as tb\n\nclient = tb.connect({', '.join(given)})"
