"""How often a volunteer squad answers, and how long until its wheels roll: measured from a rural county's record.

    python benchmarks/volunteers.py [FOLDER_OF_SHARED_DATA]

Prints the figures that goldenhour/workforce/crew_rules/volunteers.yaml holds, and what that file says beside them, and
fails where the two differ. The record is Lancaster County, Nebraska, unit times 2010 to 2020: the villages' squads are
volunteers; the city's paramedic ambulances (M1, M2, ...) are the career crews they are held against.

One row of the figures is one page of one squad to one medical call. It answered when any of its units went en route.
A page taken back within two minutes, before anybody could have answered, is left out. Turnout is from the page to the
first unit en route; a time of under ten seconds or over an hour is taken as a slip of the pen and left out.
"""

import math
import re
import sys
from pathlib import Path

import polars as pl
import yaml

SHARED = Path(__file__).parents[2] / "shared"
SHIPPED = Path(__file__).parents[1] / "goldenhour" / "workforce" / "crew_rules" / "volunteers.yaml"
# Squads of villages with volunteers alone; two rural districts that also pay day crews are left out.
SQUADS = ("WAVE", "RAYM", "MALC", "HICK", "BENN", "HALL", "FIRT", "PLEA", "EAGL", "VALP", "CERE", "ALVO", "CORT")
MEDICAL = re.compile(r"^(\d+[ABCDEO]\d.*|MED.*|ALS|BLS|ECHO)$")  # Determinants, and the older plain words.
TAKEN_BACK_S, SLIP_S, LONGEST_S = 120, 10, 3600
DAY_S = 86_400


def seconds(column: str) -> pl.Expr:
    """Return a time of day as seconds since midnight."""
    part = pl.col(column).str.split(":")
    return (part.list.get(0).cast(pl.Int64) * 60 + part.list.get(1).cast(pl.Int64)) * 60 + part.list.get(2).cast(
        pl.Int64
    )


def pages(record: Path, squads: tuple[str, ...]) -> pl.DataFrame:
    """Return one row a page: squad, when, whether answered, turnout in seconds."""
    rows = pl.read_csv(record, infer_schema_length=0).with_columns(
        pl.col("unit").str.replace(r"\d+$", "").alias("squad")
    )
    rows = rows.filter(pl.col("squad").is_in(squads) & pl.col("call_type").str.contains(MEDICAL.pattern))
    rows = rows.with_columns(
        seconds("dispatch").alias("paged_s"), seconds("enroute").alias("rolled_s"), seconds("clear").alias("clear_s")
    ).with_columns(
        ((pl.col("rolled_s") - pl.col("paged_s")) % DAY_S).alias("turnout_s"),
        ((pl.col("clear_s") - pl.col("paged_s")) % DAY_S).alias("over_s"),
    )
    found = rows.group_by("incident", "squad").agg(
        pl.col("date").min(),
        pl.col("paged_s").min(),
        pl.col("turnout_s").is_not_null().any().alias("answered"),
        pl.col("turnout_s").filter(pl.col("turnout_s").is_between(SLIP_S, LONGEST_S)).min(),
        pl.col("over_s").max(),
    )
    found = found.filter(pl.col("answered") | (pl.col("over_s") > TAKEN_BACK_S))
    weekday = pl.col("date").str.to_date().dt.weekday()
    hour = pl.col("paged_s") // 3600
    part = (
        pl.when(hour < 6).then(pl.lit("night"))
        .when(hour >= 18).then(pl.lit("evening"))
        .when(weekday >= 6).then(pl.lit("weekend_day"))
        .otherwise(pl.lit("weekday_day"))
    )  # fmt: skip
    return found.with_columns(part.alias("part"))


def figures(rows: pl.DataFrame) -> dict[str, float]:
    """Return what is shipped of some pages."""
    took = rows["turnout_s"].drop_nulls()
    share, n = rows["answered"].mean(), len(rows)
    logs = [math.log(one) for one in took]
    middle = sum(logs) / len(logs)
    return {
        "pages": n,
        "answers": round(share, 3),
        "answers_se": round(math.sqrt(share * (1 - share) / n), 3),
        "turnout_s_p50": round(took.median()),
        "turnout_s_p90": round(took.quantile(0.9)),
        "sigma": round(math.sqrt(sum((one - middle) ** 2 for one in logs) / (len(logs) - 1)), 2),
    }


def main() -> None:
    """Print the figures, and fail where what is shipped says otherwise."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    record = shared / "data" / "lancaster_ne" / "unit_times_2010_2020.csv"
    if not record.exists():
        sys.exit(f"There is no {record.name} in {record.parent}: give the folder of the shared data.")
    rows = pages(record, SQUADS)
    measured = {part: figures(rows.filter(pl.col("part") == part)) for part in sorted(rows["part"].unique())}
    shipped = (
        {one["part"]: one for one in yaml.safe_load(SHIPPED.read_text())["volunteers"]} if SHIPPED.exists() else {}
    )
    print(f"{'part of the week':<16}{'pages':>7}{'answers':>9}{'+/-':>7}{'turnout p50':>13}{'p90':>7}{'sigma':>7}")
    for part, one in measured.items():
        print(
            f"{part:<16}{one['pages']:>7}{one['answers']:>9.3f}{1.96 * one['answers_se']:>7.3f}"
            f"{one['turnout_s_p50']:>11} s{one['turnout_s_p90']:>5} s{one['sigma']:>7.2f}"
        )
    each = [figures(rows.filter(pl.col("squad") == squad))["answers"] for squad in SQUADS]
    print(f"squads, from {min(each):.2f} to {max(each):.2f} of their pages answered")
    career = figures(pages(record, ("M",)))
    print(f"career ambulances, for comparison: p50 {career['turnout_s_p50']} s, p90 {career['turnout_s_p90']} s")
    held = ("pages", "answers", "turnout_s_p50", "turnout_s_p90", "sigma")
    wrong = [
        part for part, one in measured.items() if any(shipped.get(part, {}).get(name) != one[name] for name in held)
    ]
    if wrong:
        sys.exit(f"{SHIPPED.name} says otherwise of {', '.join(wrong)}.")


if __name__ == "__main__":
    main()
