#!/usr/bin/env python3
"""Compares net present values and internal rates of return with numpy-financial on random cash flows.

    tests/run --only oracles

or, by hand, with numpy-financial installed and the example cash_flow of backbone-finance built:

    python3 tests/oracles/finance.py target/debug/examples/cash_flow

Prints "N passed, N failed" and exits non-zero when one failed. The flows are the same in every run.

What counts as equal: the net present value to 1e-9 of the flows' size. One rate of return: to 1e-7. Several: at each
of ours the net present value is zero, numpy's own pick is among ours, and our principal is the one closest to zero.
None: numpy finds none either, or at most a rate outside of the documented interval. numpy takes a curve's touch of zero
for none when rounding lifts it off the axis; there the net present value at our rate decides.
"""

import json
import os
import random
import subprocess
import sys
import warnings

import numpy
import numpy_financial

LOWEST, HIGHEST = -0.999999, 999999.0


def cents(value):
    return f"{value / 100:.2f}"


def random_flows(rng):
    """One kind of cash flow after another, those without a rate of return included."""
    kind = rng.choice(["investment", "investment", "loan", "late", "wild", "one_sign", "zero", "decommissioning", "lumpy"])
    length = rng.randint(1, 40)
    if kind == "zero":
        return kind, [0] * length
    if kind == "one_sign":
        sign = rng.choice([-1, 1])
        return kind, [sign * rng.randint(0, 100_000) for _ in range(length)]
    if kind == "wild":
        return kind, [rng.randint(-1_000_000, 1_000_000) for _ in range(rng.randint(2, 12))]
    gains = [rng.randint(0, 50_000) for _ in range(length)]
    if kind == "loan":
        return kind, [rng.randint(1, 500_000)] + [-gain for gain in gains]
    if kind == "late":
        return kind, [0] * rng.randint(1, 4) + [-rng.randint(1, 500_000)] + gains
    if kind == "decommissioning":
        return kind, [-rng.randint(1, 300_000)] + gains + [-rng.randint(1, 900_000)]
    if kind == "lumpy":
        return kind, [-rng.randint(1, 300_000)] + [gain if rng.random() < 0.3 else 0 for gain in gains]
    return kind, [-rng.randint(1, 1_000_000)] + gains


def present_value(rate, flows):
    """Value and size at a rate, in whichever direction keeps powers small."""
    if rate >= 0:
        terms = [flow * (1 + rate) ** -t for t, flow in enumerate(flows)]
    else:
        terms = [flow * (1 + rate) ** (len(flows) - 1 - t) for t, flow in enumerate(flows)]
    return sum(terms), sum(abs(term) for term in terms) or 1.0


def is_root(rate, flows):
    value, size = present_value(rate, flows)
    return abs(value) <= 1e-6 * size


def close(a, b):
    return abs(a - b) <= 1e-7 * max(1.0, abs(a), abs(b))


def judge_irr(answer, flows):
    """None when right, otherwise what is wrong."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = float(numpy_financial.irr(flows))
    kind = answer["irr"]["kind"]
    if kind == "none":
        if numpy.isnan(theirs) or not LOWEST <= theirs <= HIGHEST:
            return None
        return f"numpy finds {theirs}, we find none ({answer['irr']['reason']})"
    ours = [float(rate) for rate in (answer["irr"].get("rates") or [answer["irr"]["rate"]])]
    principal = float(answer["principal"])
    if not all(is_root(rate, flows) for rate in ours):
        return f"the net present value is not zero at each of {ours}"
    if abs(principal) > min(abs(rate) for rate in ours):
        return f"{principal} is not the one closest to zero of {ours}"
    if numpy.isnan(theirs):
        return None
    if kind == "rate":
        return None if close(principal, theirs) else f"numpy finds {theirs}, we find {principal}"
    return None if any(close(rate, theirs) for rate in ours) else f"numpy finds {theirs}, not among {ours}"


def judge(question, answer):
    if "error" in answer:
        return answer["error"]
    rate, flows = float(question["rate"]), [float(flow) for flow in question["flows"]]
    theirs = float(numpy_financial.npv(rate, flows))
    if abs(float(answer["npv"]) - theirs) > 1e-9 * max(1.0, sum(map(abs, flows))):
        return f"net present value {answer['npv']}, numpy {theirs}"
    return judge_irr(answer, flows)


def main():
    examples = os.environ.get("BACKBONE_EXAMPLES", "target/debug/examples")
    program = sys.argv[1] if len(sys.argv) > 1 else os.path.join(examples, "cash_flow")
    rng = random.Random(20121)
    questions, kinds = [], []
    for _ in range(2000):
        kind, flows = random_flows(rng)
        kinds.append(kind)
        questions.append({"rate": f"{rng.randint(0, 2500) / 10000:.4f}", "flows": [cents(flow) for flow in flows]})
    lines = "".join(json.dumps(question) + "\n" for question in questions)
    run = subprocess.run([program], input=lines, capture_output=True, text=True, timeout=120, check=True)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    if len(answers) != len(questions):
        sys.exit(f"{len(questions)} questions, {len(answers)} answers: {run.stderr}")
    failures, counts = 0, {"rate": 0, "multiple": 0, "none": 0}
    for kind, question, answer in zip(kinds, questions, answers):
        counts[answer.get("irr", {}).get("kind", "none")] += 1
        wrong = judge(question, answer)
        if wrong:
            failures += 1
            print(f"{kind}: {wrong}\n  {json.dumps(question)}")
    print(f"rates of return: {counts['rate']} single, {counts['multiple']} multiple, {counts['none']} none")
    print(f"{len(questions) - failures} passed, {failures} failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
