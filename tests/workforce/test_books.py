"""Rule books load strictly: whatever is wrong is told with its file and rule, and nothing is loaded."""

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from goldenhour.errors import BadInput
from goldenhour.workforce.books import SHIPPED, check_books, load_books, place_named
from tests.workforce.scope_books import DAY, HEAD, LEVELS, asked, verdict, write, zed

RULE = "{id: zz-1, skills: [oral_airway], allow: [emr], from: 2015-01-01, source: Zed Code 2}"


def faults_of(folder, text, name="zz.yaml"):
    books, faults = check_books((write(folder, text, name),))
    assert (books is None) == bool(faults)
    return faults


def fault_of(folder, text):
    """Return the one thing that is wrong with a book, as a text."""
    (one,) = faults_of(folder, text)
    return f"{one.where}: {one.what} {one.do}"


def test_a_right_book_loads_beside_the_shipped_ones(tmp_path):
    books = zed(tmp_path / "b", f"skills:\n  - {RULE}\n")
    assert verdict(books) == "allow"
    assert "ZZ" not in load_books().places
    assert books.hash != load_books().hash


def test_every_shipped_book_loads_without_a_fault():
    books, faults = check_books()
    assert faults == []
    assert books is not None
    assert "US" in books.places


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("{id: zz-1, skills: [oral_airway], allow: [emr], from: 2015-01-01}", "zz.yaml, zz-1: has no source"),
        ("{id: zz-1, skills: [oral_airway], allow: [emr], source: x}", "`from` (and `to`, if it ended) must be days"),
        ("{id: zz-1, skills: [oral_airway], allow: [emr], from: '2015-01-01', source: x}", "must be days"),
        ("{id: zz-1, skills: [oral_airway], allow: [emr], from: 2015, source: x}", "must be days"),
        ("{id: zz-1, skills: [oral_airway], allow: [emr], from: 2015-01-01, to: 2015-01-01, source: x}", "ends 2015"),
        ("{skills: [oral_airway], allow: [emr], from: 2015-01-01, source: x}", "has no id"),
        ("{id: zz-1, skills: [oral_airwya], allow: [emr], from: 2015-01-01, source: x}", "'oral_airwya' is not in the"),
        ("{id: zz-1, skills: [], allow: [emr], from: 2015-01-01, source: x}", "names no skill"),
        ("{id: zz-1, skills: oral_airway, allow: [emr], from: 2015-01-01, source: x}", "Write a list"),
        ("{id: zz-1, skills: [oral_airway], allow: [EMR], from: 2015-01-01, source: x}", "level 'EMR' is unknown"),
        ("{id: zz-1, skills: [oral_airway], allow: [driver], from: 2015-01-01, source: x}", "no level that gives care"),
        ("GOOD, deny: [emr]}", "allows and denies"),
        ("{id: zz-1, skills: [oral_airway], from: 2015-01-01, source: x}", "neither allows nor denies"),
        ("{id: zz-1, skills: [oral_airway], alow: [emr], from: 2015-01-01, source: x}", "unknown field alow"),
        ("GOOD, confidence: D}", "confidence is 'D'"),
        ("GOOD, first_known: 1}", "first_known"),
        ("GOOD, when: {weather: [wet]}}", "weather"),
        ("GOOD, when: {order: [phone]}}", "'phone'"),
        ("GOOD, when: {setting: [moon]}}", "'moon'"),
        ("GOOD, when: {route: [ear]}}", "'ear'"),
        ("GOOD, when: {age_min: -1}}", "age -1"),
        ("GOOD, when: {age_min: 9, age_max: 8}}", "above"),
        ("GOOD, when: {declared: false}}", "declared"),
        ("GOOD, amends: zz-0}", "no such rule"),
        ("{id: zz-1, skills: [cpap], deny: [emr], from: 2015-01-01, source: x, when: {director: true}}", "denies only"),
        ("just words", "is no rule"),
    ],
)  # fmt: skip
def test_a_wrong_rule_is_refused_with_its_file_and_what_to_do(wrong, words, tmp_path):
    rule = wrong.replace("GOOD", RULE[:-1])
    told = fault_of(tmp_path / "b", f"{HEAD}{LEVELS}skills:\n  - {rule}\n")
    assert words in told
    assert told.startswith("zz.yaml, ")
    with pytest.raises(BadInput, match=r"zz\.yaml"):
        load_books((tmp_path / "b",))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[1, 2]", "is no rule book"),
        ("", "is no rule book"),
        ("name: Zed\nsynthetic: true\n", "place is None"),
        ("place: 12\nname: N\nsynthetic: true\n", "place is 12"),
        ("place: zz\nname: Zed\nsynthetic: true\n", "place is 'zz'"),
        ("place: ZZ\nsynthetic: true\n", "has no name"),
        ("place: ZZ\nname: Zed\n", "ZZ is no state or territory"),
        ("place: CT\nname: Pretended\nsynthetic: true\n", "is synthetic and says it is for CT"),
        ("place: CT/x\nname: Pretended\nsynthetic: true\n", "is synthetic and says it is for CT"),
        ("place: ZZ\nname: Zed\nsynthetic: perhaps\n", "synthetic is 'perhaps'"),
        ("place: ZZ\nname: Zed\nsynthetic: true\nmodel: us-1990\n", "`model` and place US"),
        ("place: ZZ\nname: Zed\nsynthetic: true\nskils: []\n", "unknown entry skils"),
        ("place: ZZ\nname: Zed\nsynthetic: true\nskills: {a: b}\n", "`skills` is no list"),
        ("place: ZZ\nname: Zed\nname: Twice\nsynthetic: true\n", "name is there twice"),
        ("place: [ZZ\n", "is not YAML"),
    ],
)
def test_a_wrong_book_is_refused_as_a_whole(text, words, tmp_path):
    assert words in fault_of(tmp_path / "b", text)


@pytest.mark.parametrize(
    ("section", "line", "words"),
    [
        ("levels", "{id: z, levels: [emr], from: 2015-01-01, source: x}", "recognised"),
        ("levels", "{id: z, levels: [any], recognised: true, from: 2015-01-01, source: x}", "names no level"),
        ("adopts", "{id: z, from: 2015-01-01, source: x}", "names no model"),
        ("widening", "{id: z, from: 2015-01-01, source: x}", "allowed"),
        ("visitors", "{id: z, levels: [emt], from_licence: [QQ], from: 2015-01-01, source: x}", "QQ is no state"),
        ("visitors", "{id: z, levels: [emt], from: 2015-01-01, source: x}", "no level or no licence"),
        ("visitors", "{id: z, levels: [emt], from_licence: [any], scope: all, from: 2015-01-01, source: x}", "scope"),
    ],
)
def test_a_wrong_line_of_another_section_is_refused(section, line, words, tmp_path):
    assert words in fault_of(tmp_path / "b", f"{HEAD}{section}:\n  - {line}\n")


def test_all_faults_of_a_book_are_told_at_once(tmp_path):
    text = f"{HEAD}skills:\n  - {{id: a, skills: [x1], allow: [emr], from: 2015-01-01, source: s}}\n  - {{id: b}}\n"
    assert [one.rule for one in faults_of(tmp_path / "b", text)] == ["a", "b"]


OLD = "{id: zz-old, skills: [naloxone], allow: [emr], from: 2015-01-01, source: Zed Code 2}"


@pytest.mark.parametrize(
    ("new", "clash"),
    [
        ("{id: zz-new, skills: [naloxone], deny: [emr], from: 2018-01-01, source: s}", True),
        # A form of what the other names is the same thing.
        ("{id: zz-new, skills: [naloxone_intranasal], deny: [emr], from: 2018-01-01, source: s}", True),
        ("{id: zz-new, skills: [naloxone], allow: [emr], from: 2014-01-01, to: 2015-01-02, source: s}", True),
        ("{id: zz-new, skills: [naloxone], deny: any, from: 2018-01-01, source: s}", True),
        ("{id: zz-new, skills: [naloxone], allow: [emr], from: 2014-01-01, to: 2015-01-01, source: s}", False),
        ("{id: zz-new, skills: [naloxone], deny: [emt], from: 2018-01-01, source: s}", False),
        ("{id: zz-new, skills: [oral_airway], deny: [emr], from: 2018-01-01, source: s}", False),
        ("{id: zz-new, skills: [naloxone], deny: [emr], from: 2018-01-01, source: s, amends: zz-old}", False),
    ],
)
def test_two_rules_of_one_place_at_once_must_say_which_amends_which(new, clash, tmp_path):
    write(tmp_path / "b", f"{HEAD}{LEVELS}skills:\n  - {OLD}\n", "one.yaml")
    faults = faults_of(tmp_path / "b", f"{HEAD}skills:\n  - {new}\n", "two.yaml")
    assert bool(faults) == clash
    if clash:
        told = f"{faults[0].where} {faults[0].what} {faults[0].do}"
        for name in ("one.yaml", "two.yaml", "zz-old", "zz-new", "naloxone", "emr"):
            assert name in told, told


def test_an_amendment_holds_from_its_first_day_and_the_old_rule_comes_back_after_it(tmp_path):
    new = "{id: zz-new, skills: [naloxone], deny: [emr], from: 2018-01-01, to: 2019-01-01, source: s, amends: zz-old}"
    books = zed(tmp_path / "b", f"skills:\n  - {OLD}\n  - {new}\n")
    days = [date(2017, 12, 31), date(2018, 1, 1), date(2018, 12, 31), date(2019, 1, 1)]
    found = [verdict(books, skill="naloxone_intranasal", on=day) for day in days]
    assert found == ["allow", "deny", "deny", "allow"]
    assert asked(books, skill="naloxone_intranasal", on=days[1]).findings[-1].rule == "zz-new"


def test_an_amendment_of_a_rule_that_does_not_hold_on_its_days_is_refused(tmp_path):
    new = "{id: n, skills: [naloxone], deny: [emr], from: 2017-01-01, source: s, amends: zz-old}"
    rules = f"  - {OLD[:-1]}, to: 2016-01-01}}\n  - {new}\n"
    assert "does not hold on any of its days" in fault_of(tmp_path / "b", f"{HEAD}{LEVELS}skills:\n{rules}")


def test_an_id_belongs_to_one_rule_even_in_another_place(tmp_path):
    write(tmp_path / "b", f"{HEAD}skills:\n  - {RULE}\n")
    text = "place: YY\nname: Why\nsynthetic: true\nskills:\n  - " + RULE + "\n"
    assert "has the id of another rule, in zz.yaml" in str(faults_of(tmp_path / "b", text, "zzz.yaml"))


@pytest.mark.parametrize("section", ["levels", "adopts", "widening"])
def test_levels_adoptions_and_widening_do_not_overlap_either(section, tmp_path):
    lines = {
        "levels": "levels: [emr], recognised: true",
        "adopts": "model: us-2019",
        "widening": "allowed: true",
    }
    text = "".join(f"  - {{id: z{n}, {lines[section]}, from: 201{n}-01-01, source: s}}\n" for n in (1, 2))
    assert "on the same days (from 2012-01-01) as z1" in fault_of(tmp_path / "b", f"{HEAD}{section}:\n{text}")


def test_rules_for_other_routes_settings_or_ages_stand_side_by_side(tmp_path):
    rule = "{{id: z{n}, skills: [naloxone], allow: [emr], from: 2015-01-01, source: s, when: {when}}}"
    for at, (first, second, apart) in enumerate(
        [
            ("{route: [im]}", "{route: [iv, io]}", True),
            ("{route: [im]}", "{route: [iv, im]}", False),
            ("{setting: [clinic]}", "{setting: [ambulance]}", True),
            ("{age_max: 7}", "{age_min: 8}", True),
            ("{age_max: 8}", "{age_min: 8}", False),
            ("{route: [im]}", "{setting: [clinic]}", False),
        ]
    ):
        lines = "".join(f"  - {rule.format(n=n, when=when)}\n" for n, when in enumerate((first, second)))
        assert bool(faults_of(tmp_path / f"b{at}", f"{HEAD}{LEVELS}skills:\n{lines}")) != apart, (first, second)


def test_a_folder_that_is_not_there_or_holds_no_book_is_refused(tmp_path):
    with pytest.raises(BadInput, match="is no file or folder"):
        load_books((tmp_path / "nowhere",))
    with pytest.raises(BadInput, match="holds no rule book"):
        load_books((tmp_path,))


def test_two_rules_that_amend_each_other_are_refused(tmp_path):
    one = "{id: zz-a, skills: [cpap], allow: [emt], from: 2015-01-01, source: s, amends: zz-b}"
    other = "{id: zz-b, skills: [cpap], deny: [emt], from: 2015-01-01, source: s, amends: zz-a}"
    with pytest.raises(BadInput, match="comes back to it"):
        load_books((write(tmp_path, f"{HEAD}{LEVELS}skills:\n  - {one}\n  - {other}\n"),))


def test_an_agency_does_not_let_itself_widen(tmp_path):
    text = "place: KS/acme\nname: Acme\nwidening:\n  - {id: acme-w, allowed: true, from: 2020-01-01, source: s}\n"
    with pytest.raises(BadInput, match="not an agency's to say"):
        load_books((write(tmp_path, text, "acme.yaml"),))


def test_a_day_that_no_calendar_has_is_refused_with_its_file(tmp_path):
    rule = "{id: zz-a, skills: [cpap], allow: [emt], from: 2020-02-30, source: s}"
    with pytest.raises(BadInput, match="zz.yaml: has a value that is none"):
        load_books((write(tmp_path, f"{HEAD}{LEVELS}skills:\n  - {rule}\n"),))


@pytest.mark.parametrize(
    ("text", "place"), [("ks", "KS"), ("US-KS", "KS"), ("Kansas", "KS"), ("us", "US"), (" mt ", "MT")]
)
def test_a_place_is_found_by_code_and_name(text, place):
    assert place_named(text) == place


@pytest.mark.parametrize("text", ["", "ZZZ", "Z1", "Kansass", "KS/agency", "US-", "K"])
def test_what_is_no_place_is_refused(text):
    with pytest.raises(BadInput, match="no state or territory"):
        place_named(text)


def test_the_hash_is_of_what_the_books_say_and_not_of_how_they_are_written(tmp_path):
    text = f"{HEAD}{LEVELS}skills:\n  - {RULE}\n"
    one = load_books((write(tmp_path / "a", text),))
    same = load_books((write(tmp_path / "b", "# A comment.\n" + yaml.safe_dump(yaml.safe_load(text))),))
    other = load_books((write(tmp_path / "c", text.replace("Zed Code 2", "Zed Code 3")),))
    assert one.hash == same.hash != other.hash


@given(text=st.text(max_size=200))
def test_no_text_at_all_makes_the_loader_fall_over(text, tmp_path_factory):
    folder = tmp_path_factory.mktemp("any")
    try:
        (folder / "x.yaml").write_text(text, encoding="utf-8")
    except UnicodeEncodeError:
        return
    books, faults = check_books((folder,))
    assert books is None
    assert faults[0].file == "x.yaml"


def _texts():
    return (
        st.sampled_from(["zz-1", "emr", "any", "oral_airway", "", "x"]) | st.none() | st.integers(-1, 3) | st.booleans()
    )


@given(
    line=st.dictionaries(
        st.sampled_from(
            ["id", "skills", "allow", "deny", "when", "from", "to", "source", "first_known", "confidence", "amends",
             "levels", "recognised", "model", "allowed", "from_licence", "scope", "provided", "note"]
        ),
        _texts() | st.lists(_texts(), max_size=2) | st.dates() | st.dictionaries(_texts(), _texts(), max_size=2),
    ),
    section=st.sampled_from(["levels", "adopts", "skills", "widening", "visitors"]),
)  # fmt: skip
def test_no_line_at_all_makes_the_loader_fall_over(line, section, tmp_path_factory):
    folder = tmp_path_factory.mktemp("any")
    content = {"place": "ZZ", "name": "Zed", "synthetic": True, section: [line]}
    (folder / "zz.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    books, faults = check_books((folder,))
    assert (books is None) == bool(faults)
    assert all(one.what and one.do and one.file for one in faults)


def test_the_shipped_books_stand_in_one_folder_each_for_the_place_it_is_called_after():
    books = load_books()
    for place, book in books.places.items():
        assert f"{place.lower()}.yaml" in book.files
        assert (SHIPPED / f"{place.lower()}.yaml").is_file()
    assert asked(books, place="CT", on=DAY).verdict == "unknown"
