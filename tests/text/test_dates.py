"""Dates of a text made absolute."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.model import Document
from kg.text.annotate import annotate
from kg.text.dates import find_dates

if TYPE_CHECKING:
    from spacy.language import Language

WEDNESDAY = "2017-05-17"

# text, published, the periods found, each as "first day" or "first day/last day"
ROWS: list[tuple[str, str | None, list[str]]] = [
    # a day
    ("The envoys met on May 10.", WEDNESDAY, ["2017-05-10"]),
    ("The envoys met on May 10, 2016.", WEDNESDAY, ["2016-05-10"]),
    ("The envoys met on 10 May 2017 in Doha.", WEDNESDAY, ["2017-05-10"]),
    ("The envoys met on the 10th of May.", WEDNESDAY, ["2017-05-10"]),
    ("The envoys met on 3rd June 1999.", None, ["1999-06-03"]),
    ("During a May 10 meeting, the ministers quarrelled.", WEDNESDAY, ["2017-05-10"]),
    ("The protests on March 26 were large.", WEDNESDAY, ["2017-03-26"]),
    ("Turkey's referendum was held on Dec. 4.", "2017-01-09", ["2016-12-04"]),
    ("The president will visit Nairobi on July 7.", WEDNESDAY, ["2017-07-07"]),
    ("The government plans to hold elections on Feb. 2.", WEDNESDAY, ["2018-02-02"]),
    ("The Nov. 8 election divides the country.", "2016-09-20", ["2016-11-08"]),
    ("The talks on May 10-12 failed.", WEDNESDAY, ["2017-05-10/2017-05-12"]),
    ("The talks from April 28 to May 3, 2015 failed.", WEDNESDAY, ["2015-04-28/2015-05-03"]),
    ("The treaty was signed on 2014-03-18.", WEDNESDAY, ["2014-03-18"]),
    ("The treaty was signed on 18/03/2014.", WEDNESDAY, ["2014-03-18"]),
    ("The treaty was signed on 03/18/2014.", WEDNESDAY, ["2014-03-18"]),
    ("The treaty was signed on 03/04/2014.", WEDNESDAY, []),
    ("The treaty was signed on 18.03.2014.", WEDNESDAY, ["2014-03-18"]),
    ("The army seized the town on Thursday, Dec. 15.", "2016-12-20", ["2016-12-15"]),
    ("The army seized the town on Thursday, Feb. 23, 2012.", WEDNESDAY, ["2012-02-23"]),
    ("Congress passed the law after the Sept. 11 attacks.", WEDNESDAY, ["2001-09-11"]),
    ("She spoke at a ceremony on Sept. 11.", "2016-09-12", ["2016-09-11"]),
    ("The law dates from the weeks following 9/11.", WEDNESDAY, ["2001-09-11"]),
    ("The ship sailed on February 30.", WEDNESDAY, []),
    ("Leap day fell on February 29.", "2017-03-01", ["2016-02-29"]),
    # a month
    ("The chemical attack in April killed dozens.", WEDNESDAY, ["2017-04-01/2017-04-30"]),
    ("Militants attacked the port in December.", WEDNESDAY, ["2016-12-01/2016-12-31"]),
    ("After the December 2011 elections, people marched.", WEDNESDAY, ["2011-12-01/2011-12-31"]),
    ("The king abdicated in June of 2014.", WEDNESDAY, ["2014-06-01/2014-06-30"]),
    ("Rebels took the airport in mid-March.", WEDNESDAY, ["2017-03-11/2017-03-21"]),
    ("Rebels took the airport in early October 2015.", WEDNESDAY, ["2015-10-01/2015-10-10"]),
    ("The summit will take place in September.", WEDNESDAY, ["2017-09-01/2017-09-30"]),
    ("Last November, the court banned the party.", WEDNESDAY, ["2016-11-01/2016-11-30"]),
    ("The parliament may march on without Theresa May.", WEDNESDAY, []),
    ("May said that talks may begin. They march in silence.", WEDNESDAY, []),
    ("Talks began in May.", "2017-08-01", ["2017-05-01/2017-05-31"]),
    ("April Adams told Augusta to resign.", WEDNESDAY, []),
    # a weekday
    ("On Tuesday, the president sent a letter.", WEDNESDAY, ["2017-05-16"]),
    ("The police arrested the editor Wednesday.", WEDNESDAY, ["2017-05-17"]),
    ("Thursday's strike hit a hospital.", WEDNESDAY, ["2017-05-11"]),
    ("The two leaders will meet on Friday.", WEDNESDAY, ["2017-05-19"]),
    ("The two leaders agreed to meet on Friday.", WEDNESDAY, ["2017-05-19"]),
    ("She said that he would resign on Monday.", WEDNESDAY, ["2017-05-22"]),
    ("He is to take office on Jan. 1.", "2016-09-20", ["2017-01-01"]),
    ("New tariffs, to go into effect on Friday, would hurt trade.", WEDNESDAY, ["2017-05-19"]),
    ("On Friday, May resigned.", WEDNESDAY, ["2017-05-12"]),
    ("A storm expected on Friday may close the port.", WEDNESDAY, ["2017-05-19"]),
    ("On Friday, April 10, the judge ruled.", "2017-05-17", ["2015-04-10"]),
    ("Costs could double over the next four years.", WEDNESDAY, ["2017-05-17/2021-05-17"]),
    ("Riots broke out this past weekend.", WEDNESDAY, ["2017-05-13/2017-05-14"]),
    ("He fell ill the day before the vote in 2012.", WEDNESDAY, ["2012-01-01/2012-12-31"]),
    ("The war ended in 1970. Two days later he fled.", WEDNESDAY, ["1970-01-01/1970-12-31"]),
    ("A vote scheduled for Friday could topple the cabinet.", WEDNESDAY, ["2017-05-19"]),
    ("The delegation leaves next Tuesday.", WEDNESDAY, ["2017-05-23"]),
    ("The delegation left last Wednesday.", WEDNESDAY, ["2017-05-10"]),
    ("On Tuesday, the president sent a letter.", None, []),
    # relative to the publication
    ("The minister resigned yesterday.", WEDNESDAY, ["2017-05-16"]),
    ("The senate votes tomorrow.", WEDNESDAY, ["2017-05-18"]),
    ("The minister resigned today.", "1956-11-05", ["1956-11-05"]),
    ("He told USA Today that he knew nothing.", WEDNESDAY, []),
    ("The army will leave by the end of the month.", WEDNESDAY, ["2017-05-22/2017-05-31"]),
    ("The minister resigned last night.", WEDNESDAY, ["2017-05-16"]),
    ("The minister resigned last week.", WEDNESDAY, ["2017-05-08/2017-05-14"]),
    ("The minister resigned last month.", WEDNESDAY, ["2017-04-01/2017-04-30"]),
    ("The minister resigned last year.", WEDNESDAY, ["2016-01-01/2016-12-31"]),
    ("Inspectors arrived this week.", WEDNESDAY, ["2017-05-15/2017-05-21"]),
    ("Inspectors arrived earlier this month.", WEDNESDAY, ["2017-05-01/2017-05-17"]),
    ("Inspectors will arrive later this month.", WEDNESDAY, ["2017-05-17/2017-05-31"]),
    ("Inspectors will arrive next year.", WEDNESDAY, ["2018-01-01/2018-12-31"]),
    ("Clashes broke out over the weekend.", WEDNESDAY, ["2017-05-13/2017-05-14"]),
    ("Two days ago the rebels withdrew.", WEDNESDAY, ["2017-05-15"]),
    ("The rebels withdrew three months ago.", WEDNESDAY, ["2017-02-01/2017-02-28"]),
    ("The rebels withdrew a year ago.", WEDNESDAY, ["2016-01-01/2016-12-31"]),
    ("In the past two weeks, nine people have died.", WEDNESDAY, ["2017-05-03/2017-05-17"]),
    ("She will teach at a college beginning this fall.", WEDNESDAY, ["2017-09-01/2017-11-30"]),
    ("The dinosaurs died 900 years ago.", "0500-01-01", []),
    # years and longer
    ("Russia annexed Crimea in 2014.", WEDNESDAY, ["2014-01-01/2014-12-31"]),
    ("His support plunged from 2011 to 2013.", WEDNESDAY, ["2011-01-01/2013-12-31"]),
    ("The 2011-2013 crisis cost him dearly.", WEDNESDAY, ["2011-01-01/2013-12-31"]),
    ("The 1980-88 war cost a million lives.", WEDNESDAY, ["1980-01-01/1988-12-31"]),
    ("The economy collapsed in the 1990s.", WEDNESDAY, ["1990-01-01/1999-12-31"]),
    ("The economy collapsed in the late 1980s.", WEDNESDAY, ["1986-01-01/1989-12-31"]),
    ("The truce broke down in early 2015.", WEDNESDAY, ["2015-01-01/2015-04-30"]),
    ("The party has ruled since 2014.", WEDNESDAY, ["2014-01-01/2017-05-17"]),
    ("The party has ruled since March 2016.", WEDNESDAY, ["2016-03-01/2017-05-17"]),
    ("Trade fell in the second half of 2008.", WEDNESDAY, ["2008-07-01/2008-12-31"]),
    ("The border was drawn in the 19th century.", WEDNESDAY, ["1801-01-01/1900-12-31"]),
    ("The junta fell in the spring of 1974.", WEDNESDAY, ["1974-03-01/1974-05-31"]),
    ("About 2000 soldiers crossed the river.", WEDNESDAY, []),
    ("Nobody had heard of him before 2009.", WEDNESDAY, []),
    # relative to another date of the text
    ("War began on June 5, 1967. Three days later it was over.", WEDNESDAY, ["1967-06-05", "1967-06-08"]),
    ("The embassy was stormed on Nov. 4, 1979. The same day, he left.", None, ["1979-11-04", "1979-11-04"]),
    ("He was sworn in on April 2, 1990. The next day, he dissolved parliament.", None, ["1990-04-02", "1990-04-03"]),
    ("The coup failed on August 21, 1991, and he fled on August 29.", "2005-02-01", ["1991-08-21", "1991-08-29"]),
    ("The deal was reached on May 15, 2013. It was signed on May 10.", None, ["2013-05-15", "2013-05-10"]),
    ("The deal was signed on May 10.", None, []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "published", "expected"), ROWS)
def test_find_dates(nlp: Language, text: str, published: str | None, expected: list[str]) -> None:
    ((_, doc),) = annotate([Document("d", text)], nlp)
    found = find_dates(doc, date.fromisoformat(published) if published else None)
    periods = [
        f"{d.period.start}" if d.period.start == d.period.end else f"{d.period.start}/{d.period.end}" for d in found
    ]
    assert periods == expected
    assert all(d.rule.startswith("dates.toml:") for d in found)


def test_spans_are_in_order_and_apart(nlp: Language) -> None:
    text = "On Thursday, Feb. 23, 2012, and again from May 3 to June 5, the early 1990s and last week were discussed."
    ((_, doc),) = annotate([Document("d", text)], nlp)
    found = find_dates(doc, date(2017, 5, 17))
    assert [doc[d.start_token : d.end_token].text for d in found] == [
        "Thursday, Feb. 23, 2012",
        "May 3 to June 5",
        "early 1990s",
        "last week",
    ]
