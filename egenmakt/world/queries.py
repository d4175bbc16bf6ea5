"""Finding what the builder made, by the names that everybody knows it by."""

from egenmakt.access.models import User
from egenmakt.organisations.models import Register, Service, Site
from egenmakt.partnerships.models import Agreement
from egenmakt.world.log_ins import email
from egenmakt.world.made import made_id


def stands() -> bool:
    """Whether the places are built."""
    return Site.objects.exists()


def site(slug: str) -> Site:
    """The site with this slug. Raises Site.DoesNotExist."""
    return Site.objects.select_related("register", "organisation").get(slug=slug)


def register(slug: str) -> Register:
    """The register that the atlas calls so. Raises Register.DoesNotExist."""
    return Register.objects.get(id=made_id("register", slug))


def service(here: Site, slug: str) -> Service:
    """A service of the organisation that runs the site. Raises Service.DoesNotExist."""
    return Service.objects.get(organisation=here.organisation_id, slug=slug)


def agreement(slug: str) -> Agreement:
    """The agreement with this slug. Raises Agreement.DoesNotExist."""
    return Agreement.objects.get(slug=slug)


def user(role: str, here: str) -> User:
    """The demo's user with this role at this site. Raises User.DoesNotExist."""
    return User.objects.get(email=email(role, here))
