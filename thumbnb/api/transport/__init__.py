"""The one door to the network: of the client's floors only this folder imports httpx."""

from thumbnb.api.transport.addresses import plain_url as plain_url
from thumbnb.api.transport.transport import Transport as Transport
