"""Prints Sources/Messaging/Numbers/NumberingPlanTable.swift. Run it with 'make numbering-plans'.

The facts come from the PyPI package phonenumbers (libphonenumber's metadata, Apache License 2.0): for each calling code
its trunk prefix, its international prefixes, the lengths that national numbers have, and for each length of a mobile or
fixed-line number its possible first two digits. NumberingPlan.swift says how they are packed.
"""

import datetime
from importlib.metadata import version
from re import _constants as op, _parser as regex

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

LONGEST_PREFIX = 5
LONGEST_NUMBER = 17
LONGEST_SHORT_CODE = 6


def digits(charset):
    found = set()
    for kind, value in charset:
        if kind is op.LITERAL:
            found.add(chr(value))
        elif kind is op.RANGE:
            found.update(chr(code) for code in range(value[0], value[1] + 1))
        elif kind is op.CATEGORY and value is op.CATEGORY_DIGIT:
            found.update("0123456789")
        else:
            raise ValueError(f"unknown in a set: {kind}")
    return found


def texts(items, starts, keep, longest):
    """What can be matched after each of `starts`: pairs of a length and the first `keep` digits."""
    for kind, value in items:
        if kind is op.LITERAL:
            starts = append(starts, {chr(value)}, keep, longest)
        elif kind is op.IN:
            starts = append(starts, digits(value), keep, longest)
        elif kind is op.BRANCH:
            starts = set().union(*(texts(branch, starts, keep, longest) for branch in value[1]))
        elif kind is op.SUBPATTERN:
            starts = texts(value[3], starts, keep, longest)
        elif kind is op.MAX_REPEAT:
            starts = repeated(value, starts, keep, longest)
        else:
            raise ValueError(f"unknown in a pattern: {kind}")
    return starts


def repeated(repeat, starts, keep, longest):
    least, most, items = repeat
    reached = set(starts) if least == 0 else set()
    for count in range(1, min(most, longest) + 1):
        starts = texts(items, starts, keep, longest)
        if count >= least:
            reached |= starts
    return reached


def append(starts, characters, keep, longest):
    return {
        (length + 1, text + character if len(text) < keep else text)
        for length, text in starts
        if length < longest
        for character in (characters if len(text) < keep else "0")
    }


def matches(pattern, keep, longest):
    return texts(regex.parse(pattern), {(0, "")}, keep, longest)


class Plan:
    def __init__(self, code, regions):
        self.code = code
        regions = [PhoneMetadata.metadata_for_nongeo_region(code) if region == "001"
                   else PhoneMetadata.metadata_for_region(region) for region in regions]
        self.regions = [region.id for region in regions]
        self.trunk = regions[0].national_prefix or ""
        self.prefixes = sorted({
            text
            for length, text in matches(regions[0].international_prefix or "", LONGEST_PREFIX, LONGEST_PREFIX + 1)
            if 0 < length <= LONGEST_PREFIX
        })
        self.lengths = {length for region in regions for length in region.general_desc.possible_length}
        self.starts, self.short_mobile = {}, {}
        for region in regions:
            if region.id == "001":
                continue
            collect(region.mobile, self.starts, LONGEST_NUMBER)
            collect(region.fixed_line, self.starts, LONGEST_NUMBER)
            collect(region.mobile, self.short_mobile, LONGEST_SHORT_CODE)


def collect(kind, starts, longest):
    """Adds the first two digits of a kind of number to those of its lengths."""
    if kind is None or kind.national_number_pattern is None:
        return
    for length, start in matches(kind.national_number_pattern, 2, LONGEST_NUMBER):
        if length in kind.possible_length and length <= longest:
            starts.setdefault(length, set()).add(int(start))


def all_plans():
    return [Plan(code, regions) for code, regions in sorted(COUNTRY_CODE_TO_REGION_CODE.items())]


# Belarus dials 8, and 80 before an area code; the package names only the first.
TRUNKS = ["", "0", "06", "1", "8", "8 80"]
SECOND_TRUNK = {375: " 80"}


class Table:
    """The plans as arrays of integers. Equal sets and equal lists of prefixes are kept once."""

    def __init__(self, plans):
        self.plans, self.starts, self.prefixes, self.sets, self.lists = [], [], [], [], {}
        for plan in plans:
            self.plans.append(self.packed(plan))

    def packed(self, plan):
        prefixes = self.prefix_list(plan.prefixes)
        first = len(self.starts)
        self.starts += [length | self.set_number(start) << 6 for length, start in sorted(plan.starts.items())]
        self.starts += [
            length | 1 << 5 | self.set_number(start) << 6 for length, start in sorted(plan.short_mobile.items())
        ]
        return fields(
            (plan.code, 10), (sum(1 << length - 1 for length in plan.lengths), LONGEST_NUMBER),
            (TRUNKS.index(plan.trunk + SECOND_TRUNK.get(plan.code, "")), 3), (prefixes, 9), (len(plan.prefixes), 7),
            (first, 9), (len(self.starts) - first, 5))

    def prefix_list(self, prefixes):
        key = tuple(prefixes)
        if key not in self.lists:
            self.lists[key] = len(self.prefixes)
            self.prefixes += [int("1" + prefix) for prefix in prefixes]
        return self.lists[key]

    def set_number(self, start):
        bits = sum(1 << number for number in start)
        if bits not in self.sets:
            self.sets.append(bits)
        return self.sets.index(bits)

    def set_words(self):
        bits = sum(bits << 100 * number for number, bits in enumerate(self.sets))
        return [bits >> 64 * word & (1 << 64) - 1 for word in range((100 * len(self.sets) + 63) // 64)]


def fields(*parts):
    """The parts in one integer, the first in the lowest bits."""
    packed = position = 0
    for value, width in parts:
        if value >> width:
            raise ValueError(f"{value} takes more than {width} bits")
        packed |= value << position
        position += width
    return packed


def array(name, kind, comment, values, text):
    lines, line = [], "   "
    for value in values:
        item = f" {text(value)},"
        if len(line) + len(item) > 120:
            lines.append(line)
            line = "   "
        line += item
    body = "\n".join(lines + [line])
    return f"  /// {comment}\n  static let {name}: [{kind}] = [\n{body}\n  ]\n"


def main():
    plans = all_plans()
    table = Table(plans)
    print(f"""// Generated by 'make numbering-plans' from phonenumbers {version("phonenumbers")}: not to be changed by hand.
// swift-format-ignore-file

/// The facts of {len(plans)} numbering plans; `NumberingPlan` reads them.
enum NumberingPlanTable {{
  /// The package on PyPI that they are from, the metadata of libphonenumber (Apache License 2.0).
  static let source = "phonenumbers {version("phonenumbers")}"
  /// The day on which they were taken from it.
  static let date = "{datetime.date.today().isoformat()}"
""")
    print(array("plans", "UInt64", "A plan each, by calling code.", table.plans, hex))
    print(array("starts", "UInt16", "A length of national numbers each, with its set of first two digits.",
                table.starts, str))
    print(array("sets", "UInt64", "Sets of 100 bits each, one for each pair of first two digits.",
                table.set_words(), hex))
    print(array("internationalPrefixes", "UInt32", "The digits of a prefix each, after a 1.", table.prefixes, str),
          end="}\n")


if __name__ == "__main__":
    main()
