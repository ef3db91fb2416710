"""A district for browsers: `python -m web.browser_world DATA` makes it in a data folder that a server then works in.

Each school has one form, so that tests in one browser do not meet. Its people need no second factor.
"""

from __future__ import annotations

import sys
from pathlib import Path

SCHOOLS = 14


def make(data: Path) -> None:
    from orientir_web.serving import prepare, start

    start(data)
    prepare()
    from orientir_web.campaigns.services import open_campaign
    from orientir_web.people.models import Organisation, Person
    from orientir_web.people.organisations import add_organisation
    from orientir_web.people.roles import Role
    from orientir_web.submissions.services import ask
    from web.world import CLOSES, PERIOD, PROGRAMME, ZONE, make_person

    district = add_organisation(None, code="district", title="Учебный округ", kind="district", time_zone=ZONE)
    schools: list[Organisation] = [
        add_organisation(None, district, code=f"school_{number:02}", title=f"Школа № {number}", kind="school")
        for number in range(1, SCHOOLS + 1)
    ]
    coordinator = make_person("coordinator", district, Role.COORDINATOR, second_factor=False)
    make_person("officer", schools[0], Role.SCHOOL_OFFICER, second_factor=False)
    Person.objects.update(is_demo=True)
    ask(open_campaign(district, PROGRAMME, PERIOD, CLOSES, coordinator), schools, coordinator)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
