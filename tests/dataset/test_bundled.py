"""The bundled dataset: counts and rules that hold whatever records are added."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from ruralsyn.dataset.loading import bundled_path, load
from ruralsyn.dataset.model import Basis, Dataset, Direction, Locator, Sign
from ruralsyn.dataset.validation import records, validate
from ruralsyn.evidence.filters import Filter
from ruralsyn.evidence.search import search
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
        # The first source of an effect is its bullet. Further sources are the brief's prose about it.
        first = [e.source[0] for e in bundled.effects if bundled.domain_of(e).id == domain]
        numbers = sorted(place.paragraph or 0 for place in first)
        assert {place.section for place in first} == {domain}
        assert numbers == list(range(1, sections[domain].paragraphs + 1))


def test_unprinted_signs_are_recorded_as_decreases(bundled: Dataset) -> None:
    # The PDF may have lost minus signs, so every effect without a sign is read as a decrease.
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
    # A new record in between would make such numbers wrong, and other records and reports refer to ids.
    for _, path, _ in records(bundled):
        assert not re.search(r"(^|-)\d+$", str(path[-1])), path


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


def test_a_summary_of_each_analysed_case_has_one_to_five_headlines(bundled: Dataset) -> None:
    for case in bundled.cases.values():
        marked = sum(finding.headline for finding in case.findings.values())
        assert (1 <= marked <= 5) == case.analysed, case.id


def test_every_statement_id_is_shared(bundled: Dataset) -> None:
    shared = Counter(finding.statement for finding in bundled.findings if finding.statement)
    assert shared
    assert min(shared.values()) > 1


def test_no_two_findings_of_different_statements_have_the_same_text(bundled: Dataset) -> None:
    texts: dict[str, set[str | None]] = {}
    for finding in bundled.findings:
        texts.setdefault(finding.text, set()).add(finding.statement)
    assert all(len(statements) == 1 for statements in texts.values())
    repeated = Counter(finding.text for finding in bundled.findings if not finding.statement)
    assert max(repeated.values()) == 1


def test_national_bodies_are_found_by_their_level(bundled: Dataset) -> None:
    for case in ("peru-haku-winay", "mexico-proinpro", "mali-cash-plus", "ethiopia-psnp"):
        found = select_findings(bundled, Filter(cases=(case,), levels=("national",)))
        assert any(finding.basis_of_levels is Basis.IMPLIED for finding in found), case


def test_lesotho_has_the_obstacles_that_it_shares_with_peru_and_mali(bundled: Dataset) -> None:
    found = select_findings(bundled, Filter(cases=("lesotho-cgp",), roles=("obstacle",)))
    assert {"political-support-hard-to-win", "small-producer-priorities", "beneficiary-resistance"} <= {
        finding.statement for finding in found
    }


def test_the_briefs_name_their_contacts_and_no_publisher(bundled: Dataset) -> None:
    results, institutions = bundled.briefs.values()
    assert [contact.organisation for contact in results.contacts.values()] == ["uniandes"] * 2
    assert [contact.organisation for contact in institutions.contacts.values()] == ["uniandes"] * 2 + [
        "rimisp"
    ] * 2
    assert results.publishers == institutions.publishers == ()
    # E-mail addresses are left to the briefs.
    text = bundled_path().read_text(encoding="utf-8")
    assert "@" not in text


def test_every_synonym_finds_something_that_the_word_alone_does_not(bundled: Dataset) -> None:
    silent = replace(bundled, synonyms={})
    for word, others in bundled.synonyms.items():
        for other in others:
            assert search(silent, f'"{other}"'), f"{word}: nothing has {other}"
        assert len(search(bundled, word)) > len(search(silent, word)), word


def test_arrays_that_do_not_fit_have_an_item_a_line() -> None:
    for line in bundled_path().read_text(encoding="utf-8").splitlines():
        assert not re.match(r"\w+ *= \[", line) or len(line) <= 120, line


def test_the_program_never_says_that_a_case_was_not_evaluated(bundled: Dataset) -> None:
    for _, path, record in records(bundled):
        for name in ("text", "note", "summary", "handling", "definition"):
            assert "not evaluated" not in (getattr(record, name, None) or ""), path


def test_the_example_of_a_case_is_whole_and_without_fault(bundled: Dataset, tmp_path: Path) -> None:
    head = bundled_path().read_text(encoding="utf-8").partition("[dataset]")[0]
    path = tmp_path / "example.toml"
    mark = "#     "
    path.write_text("\n".join(line.removeprefix(mark) for line in head.splitlines() if line.startswith(mark)))
    dataset = load(path)
    (key,) = dataset.cases.keys() - bundled.cases.keys()
    case = dataset.cases[key]
    assert [effect.outcome for effect in case.effects.values()] == ["poverty", "savings"]
    assert len(case.findings) == 1
    # Nobody may take the example for evidence.
    assert "example" in dataset.briefs["example-report"].title
    assert {locator.brief for effect in case.effects.values() for locator in effect.source} == {
        "example-report"
    }
