"""The account: credits left, and credits used."""

from fastapi import Request

from thumbnb.service.dependencies import service_of
from thumbnb.service.http.routing import new_router
from thumbnb.service.youthumb import serializers
from thumbnb.service.youthumb.schemas import Success, UsageData

router = new_router()

PLAN = "embedded"


@router.get("/usage")
def get_usage(request: Request) -> Success[UsageData]:
    """Give the credits left, what was used, and the limits of the plan."""
    service = service_of(request)
    spent = service.credits.spent_by_reason()
    used = sum(spent.values())
    return serializers.ok(
        {
            "credits": max(0.0, service.credits.grant - used),
            "creditsUsed": used,
            "creditsTotal": service.credits.grant,
            "usage": spent,
            "plan": PLAN,
            "limits": {
                "variations": service.settings.max_variations,
                "parallelJobs": service.settings.parallel_jobs,
                "requestsPerMinute": service.settings.requests_per_minute,
            },
        }
    )
