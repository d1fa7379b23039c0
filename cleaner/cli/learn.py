"""`cleaner learn`: what the pages of each site share, into a profile that later runs weigh."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cleaner.batch.ignore import Selection
from cleaner.batch.names import HTML_SUFFIXES, TEXT_SUFFIXES
from cleaner.batch.plan import plan_many
from cleaner.cli.console import Talk, report
from cleaner.cli.page_options import encoding_option, max_size_option
from cleaner.cli.root import CONTEXT
from cleaner.cli.run_options import quiet_option, selecting_options
from cleaner.errors import CleanerError, EmptyInput, ExitCode
from cleaner.options import Options
from cleaner.profiles.file import write_profile
from cleaner.profiles.learn import Learner
from cleaner.profiles.tally import LEAST_PAGES
from cleaner.records import Fields
from cleaner.shards.first_pass import pages_of, take_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.batch.plan import Plan
    from cleaner.records import Record


@click.command(context_settings=CONTEXT)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=str), metavar="PATHS...")
@click.option("-o", "--output", required=True, metavar="FILE", help="The profile to write.")
@click.option("--field", metavar="NAME", help="Of records: the field of the page (html, text or content).")
@click.option("--url-field", metavar="NAME", help="Of records: the field of the page's address.")
@encoding_option
@selecting_options
@max_size_option
@quiet_option
def learn(**given: Any) -> int:
    """What the pages of each site share: lines and blocks that stand on most of them, numbers and dates aside.

    PATHS are pages, folders of pages, and files of records such as WARC and JSON lines. A site is a host, by the
    address that a record has or a page says of itself; pages without one are of the site of their folder. At least
    three pages of a site are needed.

    The profile is JSON, a text a line with how it begins, on how many pages it stands, and where: read it, and take out
    the lines of texts that are no chrome.
    """
    most: int = given["max_bytes"]
    suffixes = TEXT_SUFFIXES | HTML_SUFFIXES
    selection = Selection(suffixes, include=given["include"], exclude=given["exclude"], obey=not given["no_ignore"])
    plan = plan_many(given["paths"], None, "", selection)
    learner = Learner(Options(encoding=given["encoding"], max_bytes=most))
    pages = failed = 0
    for name, page in _pages(plan, Fields(given["field"], given["url_field"]), most):
        error = page if isinstance(page, CleanerError) else take_in(learner, page)
        pages += error is None
        failed += error is not None
        if error is not None:
            report(error, name)
    profile = learner.profile()
    if not profile.sites:
        needed = f"{LEAST_PAGES} pages of a site are needed"
        raise EmptyInput(f"nothing stands on most pages of a site, of {pages} pages", hint=needed)
    write_profile(profile, given["output"])
    texts = sum(len(site.repeats) for site in profile.sites.values())
    learnt = f"{texts} texts of {len(profile.sites)} sites, from {pages} pages"
    Talk(verbosity=-1 if given["quiet"] else 0).note(f"{learnt}{f', {failed} failed' if failed else ''}")
    return ExitCode.PARTIAL if failed else ExitCode.DONE


def _pages(plan: Plan, fields: Fields, max_bytes: int) -> Iterator[tuple[str, Record | CleanerError]]:
    """Each page of the inputs under the name that messages give it; or the reason why it can't be read."""
    for failure in plan.failures:
        yield failure.name, failure.error
    for task in plan.tasks:
        try:
            yield from pages_of(task.name, fields, max_bytes)
        except CleanerError as error:
            yield task.name, error
