#!/usr/bin/env python3
"""Compares tallies with pref_voting, pabutools and pyrankvote on random elections.

    tests/run --only oracles

or, by hand, with these packages installed and the example count_ballots of backbone-tally built:

    python3 tests/oracles/tally.py target/debug/examples/count_ballots

Prints "N passed, N failed" and exits non-zero when one failed. The elections are the same in every run.

What counts as equal: the same winners, all that are tied included. Where our steps say that a tie was broken, the others may break
it differently: then our winners have to be among those that the other finds over all ways of breaking it, where it can tell
(counted as "among"), and otherwise the election is counted as "tied" and neither passed nor failed. At most a fifth of a kind
may be so: more would be a failure of this comparison itself.
"""

import json
import math
import os
import random
import subprocess
import sys
import warnings

warnings.simplefilter("ignore")

from pabutools.election import ApprovalBallot, ApprovalProfile, Cardinality_Sat, Cost_Sat, Instance, Project
from pabutools.rules import method_of_equal_shares
from pabutools.tiebreaking import TieBreakingRule
from pref_voting.grade_methods import approval, score_voting, star
from pref_voting.grade_profiles import GradeProfile
from pref_voting.iterative_methods import instant_runoff, instant_runoff_put
from pref_voting.margin_based_methods import beat_path, ranked_pairs
from pref_voting.profiles import Profile
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.proportional_methods import stv_meek, stv_scottish
from pref_voting.scoring_methods import borda, borda_for_profile_with_ties, plurality
import pyrankvote

NAMES = "ABCDEFGHIJ"
# The other side needs more than half a second for one count by Meek's method, so a part of the elections is counted so.
MEEK = 0.25


def strict_ballots(rng, options, voters):
    """Random rankings with some agreement among voters, each with a count."""
    base = [rng.sample(range(options), options) for _ in range(rng.randint(1, 4))]
    found = {}
    for _ in range(voters):
        ranking = list(rng.choice(base))
        for _ in range(rng.randint(0, 3)):
            i, j = rng.randrange(options), rng.randrange(options)
            ranking[i], ranking[j] = ranking[j], ranking[i]
        found[tuple(ranking)] = found.get(tuple(ranking), 0) + 1
    return found


def loose_ballots(rng, options, voters):
    """Rankings with equal and left-out options, as groups."""
    found = {}
    for ranking, count in strict_ballots(rng, options, voters).items():
        kept = ranking[: rng.randint(1, options)]
        groups, group = [], []
        for option in kept:
            group.append(option)
            if rng.random() < 0.7:
                groups.append(tuple(sorted(group)))
                group = []
        if group:
            groups.append(tuple(sorted(group)))
        found[tuple(groups)] = found.get(tuple(groups), 0) + count
    return found


def written(options, ballots):
    def place(group):
        if isinstance(group, tuple):
            return [NAMES[option] for option in group]
        return NAMES[group]

    ballots = [{"count": count, "ranking": [place(group) for group in ballot]} for ballot, count in ballots.items()]
    return {"options": list(NAMES[:options]), "ballots": ballots}


def names(winners):
    return sorted(NAMES[winner] for winner in winners)


def with_ties(options, ballots):
    rankings = [{option: rank + 1 for rank, group in enumerate(groups) for option in group} for groups in ballots]
    profile = ProfileWithTies(rankings, rcounts=list(ballots.values()), candidates=list(range(options)))
    profile.use_extended_strict_preference()
    return profile


def few_tie_orders(profile):
    """Whether ranked pairs of the other side ends soon: it tries every order of majorities of the same strength."""
    pairs = [(a, b) for a in profile.candidates for b in profile.candidates if a != b]
    strengths = [profile.margin(a, b) for a, b in pairs if profile.margin(a, b) >= 0]
    orders = math.prod(math.factorial(strengths.count(strength)) for strength in set(strengths))
    return orders <= 200


def strict_cases(rng):
    options, voters = rng.randint(2, 6), rng.choice([rng.randint(1, 12), rng.randint(20, 200)])
    ballots = strict_ballots(rng, options, voters)
    election = written(options, ballots)
    profile = Profile([list(ranking) for ranking in ballots], rcounts=list(ballots.values()))
    strength = {"strength": rng.choice(["winning-votes", "margins"])}
    yield "schulze", {"method": "schulze", **strength}, 1, election, lambda: (beat_path(profile), None)
    if few_tie_orders(profile):
        yield "ranked-pairs", {"method": "ranked-pairs", **strength}, 1, election, lambda: (None, ranked_pairs(profile))
    yield "irv", {"method": "irv"}, 1, election, lambda: (instant_runoff(profile), instant_runoff_put(profile))
    yield "borda", {"method": "borda"}, 1, election, lambda: (borda(profile), None)
    yield "count", {"method": "count"}, 1, election, lambda: (plurality(profile), None)
    yield "irv by pyrankvote", {"method": "irv"}, 1, election, lambda: (by_pyrankvote(options, ballots), None)
    if options > 2:
        seats = rng.randint(2, options - 1)
        yield "scottish-stv", {"method": "scottish-stv"}, seats, election, lambda: (stv_scottish(profile, num_seats=seats), None)
        if rng.random() < MEEK:
            yield "meek-stv", {"method": "meek-stv"}, seats, election, lambda: (stv_meek(profile, num_seats=seats), None)


def loose_cases(rng):
    options, voters = rng.randint(2, 6), rng.randint(2, 100)
    ballots = loose_ballots(rng, options, voters)
    election = written(options, ballots)
    profile = with_ties(options, ballots)
    schulze = {"method": "schulze", "strength": "margins"}
    yield "schulze, loose", schulze, 1, election, lambda: (beat_path(profile), None)
    votes = {"method": "schulze", "strength": "winning-votes"}
    yield "schulze, loose, votes", votes, 1, election, lambda: (
        beat_path(profile, strength_function=lambda a, b: profile.support(a, b)), None)
    pairs = {"method": "ranked-pairs", "strength": "margins"}
    if few_tie_orders(profile):
        yield "ranked-pairs, loose", pairs, 1, election, lambda: (None, ranked_pairs(profile))
    yield "borda, loose", {"method": "borda"}, 1, election, lambda: (borda_for_profile_with_ties(profile), None)
    # Ballots that leave options out, but rank none equally.
    short = {}
    for ranking, count in strict_ballots(rng, options, voters).items():
        kept = ranking[: rng.randint(1, options)]
        short[kept] = short.get(kept, 0) + count
    profile_short = with_ties(options, {tuple((option,) for option in ballot): count for ballot, count in short.items()})
    if options > 2:
        seats = rng.randint(2, options - 1)
        election = written(options, short)
        yield "scottish-stv, short", {"method": "scottish-stv"}, seats, election, lambda: (
            stv_scottish(profile_short, num_seats=seats), None)
        if rng.random() < MEEK:
            yield "meek-stv, short", {"method": "meek-stv"}, seats, election, lambda: (
                stv_meek(profile_short, num_seats=seats), None)


def marked_cases(rng):
    options, voters = rng.randint(2, 6), rng.randint(1, 40)
    marks = [[rng.randint(0, 5) for _ in range(options)] for _ in range(voters)]

    def election(marks):
        ballots = [{"marks": {NAMES[option]: mark for option, mark in enumerate(ballot)}} for ballot in marks]
        return {"options": list(NAMES[:options]), "ballots": ballots}

    def grades(marks, highest):
        return GradeProfile([dict(enumerate(ballot)) for ballot in marks], list(range(highest + 1)), candidates=list(range(options)))

    checks = [[int(mark > 2) for mark in ballot] for ballot in marks]
    yield "score", {"method": "score", "lowest": 0, "highest": 5}, 1, election(marks), lambda: (score_voting(grades(marks, 5), evaluation_method="sum"), None)
    yield "star", {"method": "star", "lowest": 0, "highest": 5}, 1, election(marks), lambda: (star(grades(marks, 5)), None)
    yield "approval", {"method": "approval"}, 1, election(checks), lambda: (approval(grades(checks, 1)), None)


def budget_cases(rng):
    options, voters = rng.randint(2, 8), rng.randint(2, 25)
    costs = [rng.randint(10, 200) for _ in range(options)]
    budget = rng.randint(max(costs), sum(costs))
    # Everything has a supporter: for pabutools a project without any keeps the shares rising.
    ballots = [{option for option in range(options) if rng.random() < 0.4} for _ in range(voters)]
    for option in range(options):
        rng.choice(ballots).add(option)
    ballots = [ballot for ballot in ballots if ballot]
    election = {
        "options": [{"name": NAMES[option], "cost": costs[option]} for option in range(options)],
        "budget": budget,
        "ballots": [{"checks": [NAMES[option] for option in sorted(ballot)]} for ballot in ballots],
    }
    for utility, sat in [("cost", Cost_Sat), ("marks", Cardinality_Sat)]:
        for completion, increment in [("none", None), ("raise", 1)]:
            method = {"method": "equal-shares", "utility": utility, "completion": completion}
            yield f"equal-shares, {utility}, {completion}", method, 1, election, (
                lambda sat=sat, increment=increment: (equal_shares(costs, budget, ballots, sat, increment), None))


def equal_shares(costs, budget, ballots, sat, increment):
    projects = [Project(NAMES[option], cost) for option, cost in enumerate(costs)]
    instance = Instance(projects, budget_limit=budget)
    profile = ApprovalProfile([ApprovalBallot({projects[option] for option in ballot}) for ballot in ballots], instance=instance)
    support = {project: sum(project in ballot for ballot in profile) for project in projects}
    ours = TieBreakingRule(lambda instance, profile, project: (project.cost, -support[project]))
    bought = method_of_equal_shares(instance, profile, sat_class=sat, voter_budget_increment=increment, tie_breaking=ours)
    return [NAMES.index(project.name) for project in bought]


def by_pyrankvote(options, ballots):
    candidates = [pyrankvote.Candidate(NAMES[option]) for option in range(options)]
    papers = [pyrankvote.Ballot([candidates[o] for o in ranking]) for ranking, count in ballots.items() for _ in range(count)]
    result = pyrankvote.instant_runoff_voting(candidates, papers)
    return [NAMES.index(winner.name) for winner in result.get_winners()]


def judge(kind, answer, theirs, among):
    """`same`, `among`, `tied`, or what is wrong."""
    if "error" in answer:
        return answer["error"]
    ours = sorted(answer["winners"])
    broken = [step["by"]["rule"] for step in answer["steps"] if step["kind"] == "tie_broken"]
    open_ties = len(answer["ranking"][0]) > 1
    if theirs is not None and ours == names(theirs):
        return "same"
    if among is not None and (broken or theirs is None):
        if theirs is None and not broken:
            return "same" if ours == names(among) else f"we find {ours}, they {names(among)}"
        return "among" if set(ours) <= set(names(among)) else f"we find {ours}, not among {names(among)}"
    if broken or (open_ties and kind == "irv by pyrankvote"):
        return "tied"
    return f"we find {ours}, they {names(theirs)}"


def main():
    examples = os.environ.get("BACKBONE_EXAMPLES", "target/debug/examples")
    program = sys.argv[1] if len(sys.argv) > 1 else os.path.join(examples, "count_ballots")
    rounds = int(os.environ.get("TALLY_ORACLE_ROUNDS", "60"))
    rng = random.Random(45)
    cases = []
    for _ in range(rounds):
        for make in (strict_cases, loose_cases, marked_cases, budget_cases):
            cases.extend(make(rng))
    questions = [{"method": method, "seats": seats, "election": election} for _, method, seats, election, _ in cases]
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    run = subprocess.run([program], input=lines, capture_output=True, text=True, timeout=600, check=True)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    if len(answers) != len(questions):
        sys.exit(f"{len(questions)} questions, {len(answers)} answers: {run.stderr}")
    passed, failed, kinds = 0, 0, {}
    for (kind, _, _, _, other), question, answer in zip(cases, questions, answers):
        verdict = judge(kind, answer, *other())
        counts = kinds.setdefault(kind, {"same": 0, "among": 0, "tied": 0, "wrong": 0})
        counts[verdict if verdict in counts else "wrong"] += 1
        if verdict in ("same", "among"):
            passed += 1
        elif verdict != "tied":
            failed += 1
            if counts["wrong"] <= 3:
                print(f"{kind}: {verdict}\n  {json.dumps(question)}")
    for kind, counts in kinds.items():
        print(f"{kind}: {', '.join(f'{number} {word}' for word, number in counts.items())}")
        if counts["tied"] * 5 > sum(counts.values()):
            print(f"{kind}: too many ties to compare anything")
            failed += 1
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
