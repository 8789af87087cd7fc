"""Split full names, and clean names, without losing anything that a person wrote."""

from __future__ import annotations

from zoomdesk.roster.mail_domains import SHARED_MAILBOXES, UNREAD_MAILBOXES
from zoomdesk.roster.text import clean_name, words

_PARTICLES = frozenset(
    words(
        "af al auf av ben bin da dal dalla das de degli dei del della delle den der di do dos du "
        "el ibn la las le les lo los san santa ten ter tot van vom von y zu zum zur"
    )
)
_SALUTATIONS = frozenset(
    words(
        "mr mrs ms miss mx herr frau fräulein m. mme mlle monsieur madame señor señora señorita "
        "sra srta dña sig signor signora sig.ra dhr mevr mevrouw"
    )
)
_SUFFIXES = frozenset(
    words("phd ph.d md m.d mba msc bsc jr sr ii iii iv esq cpa rn dds jd llm pmp ba ma dipl.-ing")
)


def split_full_name(text: str) -> tuple[str, str]:
    """Split a full name into (first, last); the last name may be ``""``.

    - ``García-López, Ana`` has the last name before the comma; ``Ana García, PhD`` has not.
    - Particles begin the last name: ``Ludwig van Beethoven`` is (Ludwig, van Beethoven).
    - One part in capitals is the last name: ``DUPONT Marie``.
    - Chinese, Japanese and Korean names with a space keep their order, family name first. Without
      a space nobody can tell: the whole is the first name. Foreign names in kana, with a dot
      between the words, keep the order of their language: ``マリー・キュリー``.
    - A salutation (Mr, Frau, Mme) is no name and goes; an academic title stays with the first name.
    - Otherwise the last word is the last name.
    """
    name = clean_name(text).strip(",; ")
    before, comma, after = (part.strip() for part in name.partition(","))
    if comma and before and after and not _is_suffix(after):
        return _without_salutation(after), before
    if "・" in name and is_east_asian(name):
        given, _, family = name.partition("・")
        return given, family
    parts = _without_salutation(name).split()
    if len(parts) < 2:
        return " ".join(parts), ""
    if all(is_east_asian(part) for part in parts):
        return " ".join(parts[1:]), parts[0]
    return _split_parts(parts)


def _split_parts(parts: list[str]) -> tuple[str, str]:
    tail: list[str] = []
    while len(parts) > 2 and _is_suffix(parts[-1]):
        tail.insert(0, parts.pop())
    capitals = [len(part) > 1 and part.isupper() for part in parts]
    if capitals[0] and not any(capitals[1:]) and len(parts[0]) > 2:
        return " ".join(parts[1:]), " ".join([parts[0], *tail])
    cut = len(parts) - 1
    for place, part in enumerate(parts[1:-1], 1):
        if part.lower() in _PARTICLES:
            cut = place
            break
    return " ".join(parts[:cut]), " ".join([*parts[cut:], *tail])


def is_east_asian(text: str) -> bool:
    """Tell whether a word is written in Chinese characters, kana or Hangul."""
    return bool(text) and all(
        "\u3005" <= c <= "\u30ff"
        or "\u3400" <= c <= "\u9fff"
        or "\uac00" <= c <= "\ud7a3"
        or c >= "\U00020000"
        for c in text
    )


def first_name_from(address: str) -> str:
    """Guess a first name from an address such as ``ana.lopez@x.org``, or return ``""``."""
    local = address.partition("@")[0].partition("+")[0]
    parts = local.replace("_", ".").replace("-", ".").split(".")
    if local.lower() in UNREAD_MAILBOXES | SHARED_MAILBOXES:
        return ""
    if len(parts) < 2 or not all(part.isalpha() for part in parts) or len(parts[0]) < 2:
        return ""
    return parts[0].capitalize()


def _without_salutation(name: str) -> str:
    parts = name.split()
    while len(parts) > 1 and parts[0].lower().rstrip(".") in _SALUTATIONS:
        parts = parts[1:]
    return " ".join(parts)


def _is_suffix(text: str) -> bool:
    return all(word.lower().strip(".,") in _SUFFIXES for word in text.split())
