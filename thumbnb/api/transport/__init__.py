"""The transport: the only folder of the client's floors that imports httpx."""

from thumbnb.api.transport.addresses import plain_url as plain_url
from thumbnb.api.transport.transport import Transport as Transport
