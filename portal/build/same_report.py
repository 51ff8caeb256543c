"""Which documents of a build are one report, and what two of them print differently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.identity.titles import read_title
from parsers.model import Note, Report
from portal.build.agencies import Agencies
from portal.build.source import Source, figures
from portal.build.unnamed import another_year, contradicts
from portal.build.unnamed import sentences as narrative_sentences

ENOUGH = 5  # figures that are not zero: so many that agree in two documents are no accident


@dataclass(frozen=True, slots=True)
class Same:
    """The documents of one report, the best read first, with the agency's code and the year, None where not known."""

    id: str
    agency: str | None
    year: int | None
    sources: tuple[Source, ...]


def without_copies(sources: Sequence[Source]) -> list[Source]:
    """The documents by path, each once: of files with the same bytes the first, which notes where the others lie."""
    kept: dict[str, Source] = {}
    for source in sorted(sources, key=lambda s: s.path):
        first = kept.get(source.id)
        if first is None:
            kept[source.id] = source
            continue
        note = Note("same_file", f"内容完全相同的文件还有一份 (a file of the same bytes): {source.path}")
        kept[source.id] = replace(
            first, url=first.url or source.url, agency=first.agency or source.agency, year=first.year or source.year,
            retrieved_on=first.retrieved_on or source.retrieved_on,
            added=(*first.added, note),
        )  # fmt: skip
    return list(kept.values())


def same_reports(sources: Sequence[Source], agencies: Agencies) -> list[Same]:
    """The build's reports. Documents of one agency and year are one report unless their titles or figures say otherwise.

    A document that does not name agency or year is another's twin if it comes from the same address or has the same figures, these
    tell (portal/build/unnamed.py), nothing else in it says otherwise and no other report fits as well.
    Of several reports of one agency and year one keeps the agency's name; whom the others count is not decided, so they have
    none: their figures are never compared with the agency's other years.
    """
    known: dict[tuple[str, int], list[Source]] = {}
    unknown: list[Source] = []
    for source in sources:
        name, year = source.agency_name, source.report_year
        if name and year:
            known.setdefault((agencies.named(name).code, year), []).append(source)
        else:
            unknown.append(source)
    unknown = _joined(unknown, known, agencies)
    found = []
    for (agency, year), same in known.items():
        first, *others = _apart(same, agencies)
        found.append(Same(f"{agency}-{year}", agency, year, _by_reading(first)))
        for cluster in others:
            best = _by_reading(cluster)
            found.append(Same(f"source-{best[0].id[:12]}", None, year, _noted(best, first)))
        if others:
            found[-1 - len(others)] = replace(found[-1 - len(others)], sources=_noted(_by_reading(first), others[0]))
    for cluster in _by_address(unknown):
        best = _by_reading(cluster)
        name, year = best[0].agency_name, best[0].report_year
        found.append(Same(f"source-{best[0].id[:12]}", agencies.named(name).code if name else None, year, best))
    return sorted(found, key=lambda same: same.sources[0].path)


def _by_reading(sources: Sequence[Source]) -> tuple[Source, ...]:
    """The better read first: most cells as printed, an original before its transcription, then the first path."""
    return tuple(sorted(sources, key=lambda s: (s.facts.refused is not None, -s.facts.stated, s.facts.transcribed, s.path)))


def _noted(sources: Sequence[Source], others: Sequence[Source]) -> tuple[Source, ...]:
    message = f"同一机关同一年度另有一份标题或数字不同的报告，未合并 (another report of this agency and year, not merged): {others[0].path}"
    return tuple(replace(s, added=(*s.added, Note("other_report", message))) for s in sources)


def _joined(unknown: Sequence[Source], known: dict[tuple[str, int], list[Source]], agencies: Agencies) -> list[Source]:
    """Put each document that does not name itself beside its only twin; the rest is returned."""
    by_sign: dict[object, set[tuple[str, int]]] = {}
    for key, sources in known.items():
        for source in sources:
            for sign in _signs(source):
                by_sign.setdefault(sign, set()).add(key)
    named = {key: tuple(sources) for key, sources in known.items()}
    left = []
    for source in unknown:
        code = agencies.named(source.agency_name).code if source.agency_name else None
        year = source.report_year
        keys = {key for sign in _signs(source) for key in by_sign.get(sign, ())}
        fit = [key for key in keys if code in (None, key[0]) and year in (None, key[1])]
        if len(keys) == 1 and fit and not _contradicted(source, named[fit[0]], agencies.coded(fit[0][0]).name, fit[0][1]):
            twin = known[fit[0]]
            note = Note(
                "named_by_twin",
                f"机关或年度取自同一报告的另一份文件 (agency or year taken from this report's other document): {twin[0].path}",
            )
            twin.append(replace(source, added=(*source.added, note)))
        else:
            left.append(source)
    return left


def _contradicted(source: Source, named: Sequence[Source], agency: str, year: int) -> bool:
    """Is a document not the report that all these are? One from the same address may have been corrected, all else must agree."""
    same_address = [other for other in named if other.address and other.address == source.address]
    if same_address:
        return all(another_year(source.report, other.report, year) for other in same_address)
    return any(contradicts(source.report, other.report, agency, year) for other in named)


def _signs(source: Source) -> Iterator[object]:
    """What only documents of one report share: the address, or all the figures that are not zero, if they are enough."""
    if source.address:
        yield source.address
    if source.facts.figures:
        yield "figures", source.facts.figures


def _by_address(sources: Sequence[Source]) -> list[list[Source]]:
    """Documents without agency or year, those of one address and year together."""
    clusters: dict[object, list[Source]] = {}
    for source in sources:
        clusters.setdefault((source.address, source.report_year) if source.address else source.id, []).append(source)
    return list(clusters.values())


def _apart(same: Sequence[Source], agencies: Agencies) -> list[list[Source]]:
    """The documents of one agency and year, a list for each report; first the one that bears the agency's full name."""
    if len(same) == 1:
        return [list(same)]
    full = agencies.named(same[0].agency_name).name if same[0].agency_name else None
    order = sorted(_by_reading(same), key=lambda s: (_scope(s) is not None, s.agency_name not in (full, None)))
    clusters: list[list[Source]] = []
    for source in order:
        home = next((cluster for cluster in clusters if _one_report(cluster[0], source)), None)
        if home is None:
            clusters.append([source])
        else:
            home.append(source)
    return clusters


def _one_report(one: Source, other: Source) -> bool:
    """Whether two documents under one agency and year are one report.

    The address decides, then the title (全市 is not the government's own), then the figures. Names that differ, and names
    whose place is open (several towns share one), need figures or sentences that agree.
    """
    if (one.address and one.address == other.address) or any(note.code == "named_by_twin" for note in other.added):
        return True
    if one.agency is None and other.agency is None and _scope(one) != _scope(other):
        return False
    alike = _alike(one.report, other.report)
    names = {one.agency_name, other.agency_name}
    open_place = any(note.code == "place_open" for s in (one, other) if s.agency is None for note in s.report.notes)
    stated_so = one.agency is not None and other.agency is not None  # by sources.csv
    if stated_so or (len(names) == 1 and not open_place):
        return alike is not False
    return alike is True


def _scope(source: Source) -> str | None:
    title = read_title(source.report.identity.title or "")
    return title.scope if title else None


def _alike(one: Report, other: Report) -> bool | None:
    """Whether two documents have the same contents: by the figures that are not zero, else by the sentences; None: cannot say."""
    of_one, of_other = figures(one), figures(other)
    pairs = [(of_one[key][0], of_other[key][0]) for key in of_one.keys() & of_other.keys()]
    compared = [a == b for a, b in pairs if a is not None and b is not None and (a or b)]
    if len(compared) >= ENOUGH and sum(compared) * 3 >= len(compared) * 2:
        return True
    if len(compared) >= ENOUGH and sum(compared) * 2 < len(compared):
        return False
    sentences = narrative_sentences(one), narrative_sentences(other)
    fewer = min(map(len, sentences))
    return True if fewer >= 3 and len(sentences[0] & sentences[1]) * 2 >= fewer else None


def differences(best: Source, other: Source) -> Iterator[tuple[Note, Note]]:
    """A note for each of two documents of one report on every cell that both state and that differs."""
    theirs = figures(other.report)
    for key, (value, status, start, end) in figures(best.report).items():
        twin = theirs.get(key)
        if status != "stated" or twin is None or twin[1] != "stated" or twin[0] == value:
            continue
        printed, other_printed = best.report.document.text[start:end], other.report.document.text[twin[2] : twin[3]]
        section, item, measure = key
        yield (
            Note("sources_differ", _message(printed, best.path, other_printed, other.path), start, end, section, item, measure),
            Note("sources_differ", _message(other_printed, other.path, printed, best.path), twin[2], twin[3], section, item, measure),
        )


def _message(printed: str, path: str, other_printed: str, other_path: str) -> str:
    return f"同一报告的两份文件数字不同：{path} 印“{printed}”，{other_path} 印“{other_printed}” (two documents of this report print different figures)"
