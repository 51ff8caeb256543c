"""Where a report's office is, as addresses say: the place in its site's host name, the place in its postal address."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from urllib.parse import urlsplit

from parsers.printed.regions import Region, leading_regions, lies_in, regions, written_out

_KIND = re.compile(r"(?:特别行政区|自治区|地区|[省市县区旗盟])$")
_POSTAL = re.compile(r"地\s*+址\s*+[】\]]?\s*+[:：]\s*+(?P<address>[一-鿿]{4,30})")
_SHORTEST = 4  # letters: shorter labels of host names are abbreviations of offices (rsj, mzj) more often than places


def places_of(url: str | None, text: str) -> tuple[str, ...]:
    """The places that the web address and the postal addresses in the text give, at most one each, with what they lie in.

    >>> places_of("http://www.hongze.gov.cn/nb/1.html", "地址：淮安市洪泽区样例路1号")
    ('江苏省淮安市洪泽区', '淮安市洪泽区')
    >>> places_of("http://www.xihu.gov.cn/", "")  # 西湖区, 溪湖区
    ()
    """
    region = region_of_host(urlsplit(url).hostname or "") if url else None
    chains = {leading_regions(found["address"])[0] for found in _POSTAL.finditer(text)} - {()}
    postal = "".join(region.name for region in chains.pop()) if len(chains) == 1 else ""
    return tuple(filter(None, (written_out(region) if region else "", postal)))


def region_of_host(host: str) -> Region | None:
    """The region whose name in letters is a label of a government's host name, None where none is or several may be meant.

    Of several of one spelling it is the one that lies in a place which another label spells.

    >>> region_of_host("www.hongze.gov.cn").name, region_of_host("mzj.chaoyang.gov.cn"), region_of_host("www.example.com")
    ('洪泽区', None, None)
    >>> region_of_host("gulou.nanjing.gov.cn").code
    '320106'
    """
    if not host.endswith(".gov.cn"):
        return None
    spelled = [_spelled()[label] for label in host.removesuffix(".gov.cn").split(".") if label in _spelled()]
    if not spelled:
        return None
    inner, *outer = spelled
    fit = [region for region in inner if all(any(lies_in(region, other) for other in others) for others in outer)]
    return fit[0] if len(fit) == 1 else None


@cache
def _spelled() -> dict[str, list[Region]]:
    """Regions by their names in letters, with and without 市, 县, 区; a character of several readings is spelled in each."""
    from pypinyin import Style, pinyin  # its dictionaries take longer to load than a report to read, and few reports ask

    found: dict[str, list[Region]] = {}
    for region in regions():
        for name in {region.name, _KIND.sub("", region.name)}:
            readings = pinyin(name, style=Style.NORMAL, heteronym=True, v_to_u=False)
            for letters in {"".join(syllables) for syllables in product(*readings)} if len(name) > 1 else ():
                if len(letters) >= _SHORTEST:
                    found.setdefault(letters, []).append(region)
    return found
