"""The API as a whole: its version, who may ask, and each room's part."""

from ninja import NinjaAPI

from egenmakt.access.api import DeviceToken, Session
from egenmakt.desk.api import router as desk

api = NinjaAPI(
    title="Egenmakt",
    version="1",
    auth=[DeviceToken(), Session()],
    docs_url=None,
    urls_namespace="api",
)
api.add_router("", desk)
