"""What must hold in the bundled dataset, whatever is added to it."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from ruralsyn.dataset.model import Dataset, Direction, Locator, Sign
from ruralsyn.dataset.validation import records, validate
from ruralsyn.evidence.filters import Filter
from ruralsyn.evidence.selection import select_findings, select_recommendations


def test_the_checks_find_nothing(bundled: Dataset) -> None:
    assert validate(bundled) == ()


def test_the_effects_are_those_of_the_brief(bundled: Dataset) -> None:
    signs = Counter(effect.sign for effect in bundled.effects)
    assert len(bundled.effects) == 48
    assert signs[Sign.PRINTED] == 37
    assert signs[Sign.UNRESOLVED] == 2
    assert sum(effect.simulated for effect in bundled.effects) == 2


def test_every_bullet_of_the_brief_is_one_effect(bundled: Dataset) -> None:
    sections = bundled.briefs["general-results"].sections
    for domain in bundled.domains:
        first = [e.source[0] for e in bundled.effects if bundled.domain_of(e).id == domain]
        numbers = sorted(place.paragraph for place in first)
        assert {place.section for place in first} == {domain}
        assert numbers == list(range(1, sections[domain].paragraphs + 1))


def test_unprinted_signs_are_recorded_as_decreases(bundled: Dataset) -> None:
    for effect in bundled.effects:
        printed = effect.sign is Sign.PRINTED
        assert effect.direction is (Direction.INCREASE if printed else Direction.DECREASE)
        if not printed:
            assert effect.note
            assert "lost-signs" in effect.discrepancies


def test_the_fixed_ids_are_there(bundled: Dataset) -> None:
    assert list(bundled.countries) == "colombia mexico peru ethiopia lesotho mali zambia".split()
    assert list(bundled.regions) == ["latin-america", "africa"]
    assert (
        list(bundled.cases)
        == (
            "colombia-fest colombia-ppp mexico-proinpro peru-haku-winay ethiopia-psnp lesotho-cgp "
            "mali-cash-plus zambia-casu"
        ).split()
    )
    assert list(bundled.domains) == "productive income food-security finance psychosocial".split()
    assert list(bundled.coordination) == ["intentional", "non-intentional"]
    assert (
        list(bundled.architectures)
        == (
            "same-institution independent coordinating-institutions integrated-strategy single-programme"
        ).split()
    )


def test_mexico_has_no_effects_and_zambia_no_institutional_record(bundled: Dataset) -> None:
    assert [case.id for case in bundled.cases.values() if not case.evaluated] == ["mexico-proinpro"]
    assert [case.id for case in bundled.cases.values() if not case.analysed] == ["zambia-casu"]
    zambia = bundled.cases["zambia-casu"]
    assert (zambia.architecture, zambia.coordination, zambia.programme_count) == (None, None, None)


def test_every_paragraph_is_cited_or_carries_no_claim(bundled: Dataset) -> None:
    cited = {place for _, _, record in records(bundled) for place in getattr(record, "source", ())}
    for brief in bundled.briefs.values():
        for section in brief.sections.values():
            for number in range(1, section.paragraphs + 1):
                place = Locator(brief.id, section.id, number)
                assert (place in cited) != (str(number) in section.no_claim), place
            assert all(section.no_claim.values())


def test_obstacles_have_a_theme_and_nothing_else_has(bundled: Dataset) -> None:
    for finding in bundled.findings:
        assert (finding.role == "obstacle") == (finding.theme is not None), finding.key


def test_a_record_that_names_a_discrepancy_is_reached_from_it(bundled: Dataset) -> None:
    named = {key for _, _, record in records(bundled) for key in getattr(record, "discrepancies", ())}
    assert named <= set(bundled.discrepancies)
    assert set(bundled.discrepancies) - named == set()


def test_ids_carry_no_number_that_stands_for_order(bundled: Dataset) -> None:
    for _, path, _ in records(bundled):
        assert not re.search(r"(^|-)\d+$", path[-1]), path


def test_recommendations_for_one_region_stay_there(bundled: Dataset) -> None:
    african = {record.id for record in select_recommendations(bundled, Filter(regions=("africa",)))}
    latin = {record.id for record in select_recommendations(bundled, Filter(regions=("latin-america",)))}
    assert "place-in-agriculture-ministries" in latin - african
    assert "keep-supporting-public-institutions" in african - latin
    assert "plan-the-local-role" in african & latin


def test_informal_local_coordination_is_found_where_the_brief_reports_it(bundled: Dataset) -> None:
    found = select_findings(bundled, Filter(formality=("informal",), levels=("local",)))
    assert {bundled.country_of(finding.case).id for finding in found} == {
        "colombia",
        "peru",
        "lesotho",
        "mali",
    }


@pytest.mark.parametrize(
    ("case", "architecture", "count", "coordination"),
    [
        ("colombia-fest", "same-institution", 2, "non-intentional"),
        ("colombia-ppp", "independent", 2, "non-intentional"),
        ("mexico-proinpro", "coordinating-institutions", 14, "intentional"),
        ("peru-haku-winay", "integrated-strategy", 2, "intentional"),
        ("ethiopia-psnp", "coordinating-institutions", 2, "intentional"),
        ("mali-cash-plus", "single-programme", 1, "intentional"),
        ("lesotho-cgp", "integrated-strategy", 2, "intentional"),
    ],
)
def test_the_cases_are_classified_as_in_the_brief(
    bundled: Dataset, case: str, architecture: str, count: int, coordination: str
) -> None:
    record = bundled.cases[case]
    assert (record.architecture, record.programme_count, record.coordination) == (
        architecture,
        count,
        coordination,
    )
