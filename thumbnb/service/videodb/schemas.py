"""The types of VideoDB's answers, one superset that its contract and official clients read."""

from typing import Any, Generic, Literal, NotRequired, TypeVar

from typing_extensions import TypedDict

from thumbnb.service.http.answers import Answer

D = TypeVar("D")


class CollectionData(TypedDict):
    """A collection."""

    id: str
    name: str
    description: str
    is_public: bool
    created_at: str


class CollectionsData(TypedDict):
    """A list of collections."""

    collections: list[CollectionData]


class VideoData(TypedDict):
    """A video: ``length`` in seconds, ``size`` in bytes, its sides in pixels."""

    id: str
    collection_id: str
    name: str
    description: str
    length: float
    width: int
    height: int
    fps: float
    size: int
    stream_url: str
    player_url: str
    thumbnail_url: str
    created_at: str
    output_url: NotRequired[str]


class VideosData(TypedDict):
    """A list of videos."""

    videos: list[VideoData]


class ImageData(TypedDict):
    """An image: ``time`` in seconds where it shows a frame, ``size`` in bytes."""

    id: str
    collection_id: str
    name: str
    url: str
    time: float | None
    timestamp: float | None
    width: int
    height: int
    size: int
    video_id: str | None
    created_at: str
    output_url: NotRequired[str]


class ImagesData(TypedDict):
    """A list of images."""

    images: list[ImageData]


class ThumbnailAddress(TypedDict):
    """The address of a video's thumbnail: the Python client reads the first, Node the second."""

    thumbnail_url: str
    thumbnail: str
    timestamp: float | None


class SignedAddress(TypedDict):
    """An image's address: the official clients read the first, the contract's the second."""

    signed_url: str
    image_url: str


class UploadAddress(TypedDict):
    """An address that takes one file, and the id of the video it can become."""

    upload_url: str
    video_id: str


class StoryboardData(TypedDict):
    """A sheet of small frames: tile sides in pixels, times in seconds."""

    url: str
    tile_width: int
    tile_height: int
    columns: int
    count: int
    interval: float
    times: list[float]
    output_url: NotRequired[str]


class Suggestion(TypedDict):
    """A moment (seconds) that would make a good thumbnail."""

    time: float
    score: float
    reasons: list[str]


class SuggestionsData(TypedDict):
    """The best moments of a video, and where its shots begin (seconds)."""

    suggestions: list[Suggestion]
    shots: list[float]
    output_url: NotRequired[str]


class Nothing(TypedDict):
    """No data."""


class ServiceData(TypedDict):
    """The service's name and version."""

    service: str
    version: str


class JobData(TypedDict):
    """A job under way: where to ask for its end, and how far it is (percent)."""

    id: str
    output_url: str
    percentage: int


class Failure(TypedDict):
    """Why a request or a job cannot be carried out."""

    success: Literal[False]
    message: str
    error_code: str
    code: int


class DoneBody(TypedDict, Generic[D]):
    """A good answer."""

    success: Literal[True]
    status: Literal["done"]
    data: D


class ProcessingBody(TypedDict):
    """A job is under way."""

    success: Literal[True]
    status: Literal["processing"]
    data: JobData


class JobResult(TypedDict):
    """The result of a job as the newer clients read it."""

    success: Literal[True]
    data: dict[str, Any]


class EndedBody(TypedDict):
    """A job has ended well."""

    success: Literal[True]
    status: Literal["done"]
    data: dict[str, Any]
    response: JobResult


class FailedBody(Failure):
    """A job has failed."""

    status: Literal["failed"]
    data: Nothing
    response: Failure


class Done(Answer[D]):
    """A good answer with its data."""

    @classmethod
    def body_type(cls, data: Any = Any) -> Any:
        """Return the type of the body."""
        return DoneBody[data]


class Processing(Answer[JobData]):
    """The answer that a job is under way."""

    @classmethod
    def body_type(cls, data: Any = None) -> Any:
        """Return the type of the body."""
        del data
        return ProcessingBody


class Ended(Answer[dict[str, Any]]):
    """The answer to a poll whose job has ended well."""

    @classmethod
    def body_type(cls, data: Any = None) -> Any:
        """Return the type of the body."""
        del data
        return EndedBody


class Failed(Answer[Nothing]):
    """The answer to a poll whose job has failed; the question was in order, so with 200."""

    @classmethod
    def body_type(cls, data: Any = None) -> Any:
        """Return the type of the body."""
        del data
        return FailedBody
