"""The whole campaign as people walk it in a browser, once in Russian and once in English: from the first link that
`orientir serve` prints to a published release and a decision about it.

Each page is looked at by axe where somebody first comes to it. A page that errs, offends its policy or asks somebody
else fails the walk.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from web.browsing import Company, Words, chromium
from web.campaign_forms import THIS_YEAR, Forms
from web.campaign_people import People
from web.campaign_results import Results
from web.test_serving import served

pytestmark = [pytest.mark.slow, pytest.mark.long]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.mark.parametrize("language", ["ru", "en"])
def test_from_the_first_link_to_a_release(browser: Browser, tmp_path: Path, language: str) -> None:
    data = tmp_path / "data"
    with served(data) as (address, lines):
        company = Company(browser, address, Words(language))
        try:
            [first] = re.findall(r"http\S+/invitation/\S+", "".join(lines))
            _walk(company, tmp_path, first)
        finally:
            company.leave()
    assert not company.wrong, "\n".join(company.wrong)
    command = [sys.executable, "-m", "orientir", "log", "verify", "--data", str(data)]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0


def _walk(company: Company, folder: Path, first: str) -> None:
    """In the order of the year."""
    people, forms, results = People(company, folder), Forms(company, folder), Results(company, folder)
    region = people.region(people.begin(first))
    coordinator, head = people.district(region)
    one, two = people.officers(coordinator)
    forms.last_year(coordinator, one)
    forms.open(coordinator, THIS_YEAR)
    forms.fill(one, coordinator)
    forms.upload(two, THIS_YEAR)
    forms.review(coordinator, one)
    forms.approve(head)
    results.look_at_panels(head)
    results.report(coordinator)
    results.release(head)
    results.decide(coordinator)
    people.lock_out()
