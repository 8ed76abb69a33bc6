"""The types of YouThumb's answers, one superset of what its documents and newer clients read."""

from typing import Annotated, Any, Generic, Literal, NotRequired, TypeVar

from pydantic import WithJsonSchema
from typing_extensions import TypedDict

from thumbnb.service.http.answers import Answer

D = TypeVar("D")


def _one_of(*words: str) -> Any:
    """Return the schema of a text that is one of these."""
    return WithJsonSchema({"type": "string", "enum": list(words)})


ProjectStatus = Annotated[str, _one_of("draft", "processing", "completed", "failed")]
JobStatus = Annotated[str, _one_of("pending", "processing", "completed", "failed")]
AssetType = Annotated[str, _one_of("face", "template", "bucket")]


class Treatment(TypedDict):
    """What became of an option, and why."""

    option: str
    outcome: str
    reason: str


class ImageData(TypedDict):
    """An image as it stands in a list; its sides in pixels."""

    id: str
    url: str
    name: str
    width: int
    height: int


class ResultData(ImageData):
    """An image that a generation made: by which engine, and what that charged, where known."""

    seed: int
    variation: int
    scores: dict[str, float | None]
    report: list[Treatment]
    engine: str
    cost: float | None
    currency: str | None


class LibraryResult(ResultData):
    """A result among those of all projects."""

    jobId: str
    projectId: str
    projectName: str
    isFavorite: bool
    createdAt: str


class AssetData(TypedDict):
    """An uploaded image; a temporary one has a ``fileKey`` and no id. ``size`` in bytes."""

    id: str
    type: AssetType
    url: str
    name: str
    description: str | None
    mimeType: str
    size: int
    width: int
    height: int
    isPublished: bool
    ownerScope: Literal["user", "organization"]
    createdAt: str
    fileKey: NotRequired[str]


class Pagination(TypedDict):
    """A page of a list, and how much there is in all."""

    page: int
    limit: int
    total: int
    totalPages: int
    hasMore: NotRequired[bool]


class AssetsData(TypedDict):
    """A page of assets."""

    assets: list[AssetData]
    pagination: Pagination


class ProjectData(TypedDict):
    """A project as it stands in a list."""

    projectId: str
    projectName: str
    status: ProjectStatus
    isFavorite: bool
    latestGeneratedFileUrl: str | None
    createdAt: str
    updatedAt: str
    deletedAt: str | None


class ProjectsData(TypedDict):
    """A page of projects."""

    projects: list[ProjectData]
    pagination: Pagination


class PartialImage(ImageData):
    """An unfinished image that an engine shows of a variation."""

    position: int


class JobImages(TypedDict):
    """The images that a job works from, and those it made."""

    styleReference: list[ImageData]
    content: list[ImageData]
    faces: list[ImageData]
    results: list[ResultData]
    partial: NotRequired[list[PartialImage]]


class MissingVariation(TypedDict):
    """A variation that could not be made while others were, and why."""

    variation: int
    code: str
    reason: str


class JobMetadata(TypedDict):
    """What a job works by, what it costs, and how far it is (``progress``, 0 to 1)."""

    progress: float
    generationType: str
    variations: int
    creditsConsumed: int
    seed: int
    presetKey: str
    title: str | None
    advancedOptions: dict[str, Any]
    sources: list[Treatment]
    retryOfJobId: NotRequired[str]
    sourceResultId: NotRequired[str]
    presetVersion: NotRequired[int | str]
    engine: NotRequired[str]
    errorCode: NotRequired[str]
    missing: NotRequired[list[MissingVariation]]


class JobData(TypedDict):
    """A generation; its results stand there from the moment they land."""

    jobId: str
    projectId: str
    status: JobStatus
    type: str
    userPrompt: str
    generatedFileUrl: str | None
    errorMessage: str | None
    images: JobImages
    results: list[ResultData]
    personIds: list[str]
    metadata: JobMetadata
    isFavorite: bool
    createdAt: str
    updatedAt: str
    deletedAt: str | None


class ProjectSummary(TypedDict):
    """How many jobs a project has, by their states."""

    totalJobs: int
    activeJobs: int
    completedJobs: int
    failedJobs: int
    totalVariations: int


class ContentImageAddress(TypedDict):
    """A content image that came; nothing where it could not be had."""

    url: NotRequired[str]


class ProjectMetadata(TypedDict):
    """The stored fields of a project."""

    prompt: str
    presetKey: str
    personId: str | None
    title: str | None
    advancedOptions: dict[str, Any]
    source: str | None
    contentImages: list[ContentImageAddress]
    sources: list[Treatment]


class ProjectDetail(ProjectData):
    """A project with its jobs."""

    summary: ProjectSummary
    activeJobs: int
    projectMetadata: ProjectMetadata
    jobs: list[JobData]
    pagination: NotRequired[Pagination]


class TrashData(TypedDict):
    """A page of the trash: its projects or its jobs."""

    projects: NotRequired[list[ProjectData]]
    jobs: NotRequired[list[JobData]]
    pagination: Pagination


class ResultsData(TypedDict):
    """A page of results."""

    results: list[LibraryResult]
    pagination: Pagination


class Started(TypedDict):
    """A generation that has begun, and what it costs (credits)."""

    projectId: str
    jobId: str
    status: Literal["processing"]
    creditsConsumed: int
    message: str


class PromptData(TypedDict):
    """A prompt, and what it cost (credits)."""

    prompt: str
    creditsConsumed: float
    language: str


class EngineData(TypedDict):
    """What paints: what it can do, and what it costs where a price is known."""

    name: str
    isDefault: bool
    references: int
    seed: bool
    negativePrompt: bool
    partialImages: int
    price: str | None
    currency: str | None
    spent: float | None
    budget: float | None


class PersonData(TypedDict):
    """A person with its portraits."""

    id: str
    name: str
    description: str | None
    isDefault: bool
    imageCount: int
    images: list[ImageData]
    createdAt: str


class PresetData(TypedDict):
    """A style preset."""

    key: str
    label: str
    emoji: str
    description: str
    sampleUrl: str


class TemplateData(TypedDict):
    """A template, under the names of the documents and those of their newer readers."""

    id: str
    name: str
    title: str
    description: str
    category: str
    imageUrl: str
    imagePath: str
    thumbnailUrl: str
    previewPath: str
    aspectRatio: str
    tags: list[str]
    isPublished: bool
    isFeatured: bool
    createdAt: str


class TemplatesData(TypedDict):
    """A page of templates."""

    templates: list[TemplateData]
    pagination: Pagination


class PlanLimits(TypedDict):
    """The limits of the plan."""

    variations: int
    parallelJobs: int
    requestsPerMinute: int | None


class UsageData(TypedDict):
    """The account's credits: what is left, what was used for what, and the limits."""

    credits: float
    creditsUsed: float
    creditsTotal: float
    usage: dict[str, float]
    plan: str
    limits: PlanLimits


class Removed(TypedDict):
    """Something was removed."""

    deleted: Literal[True]


class ErrorBody(TypedDict):
    """Why a request cannot be carried out; ``details`` by field where it is known."""

    success: Literal[False]
    error: str
    details: NotRequired[dict[str, list[str]]]


class SuccessBody(TypedDict, Generic[D]):
    """A good answer."""

    success: Literal[True]
    data: D
    message: NotRequired[str]


class Success(Answer[D]):
    """A good answer with its data."""

    @classmethod
    def body_type(cls, data: Any = Any) -> Any:
        """Return the type of the body."""
        return SuccessBody[data]
