//! A value model calculated by hand, its steps, and what is refused.

use backbone_finance::cash_flow::{Convention, Irr};
use backbone_finance::sroi::{
    Field, Input, Outcome, ProblemKind, Range, Scenario, Step, Threshold, Unit, ValueModel,
};
use backbone_finance::{Decimal, FinanceError};

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn exactly(text: &str) -> Range {
    Range::exactly(d(text))
}

fn range(low: &str, base: &str, high: &str) -> Range {
    Range::new(d(low), d(base), d(high))
}

/// 100 people × 50, less 20 %, less 10 %, less 25 %; 50 % drop-off; two years; 2,000 put in; 10 %.
fn model() -> ValueModel {
    ValueModel {
        inputs: vec![Input {
            id: "grant".into(),
            name: "Grant".into(),
            amount: exactly("2000"),
            year: 0,
        }],
        outcomes: vec![Outcome {
            id: "jobs".into(),
            name: "People in work".into(),
            quantity: range("80", "100", "110"),
            proxy: exactly("50"),
            deadweight: range("10", "20", "40"),
            displacement: exactly("10"),
            attribution: exactly("25"),
            drop_off: exactly("50"),
            duration: Range::exactly(2),
            start_year: 0,
        }],
        discount_rate: range("5", "10", "10"),
        convention: Convention::EndOfYear,
        horizon: 5,
    }
}

#[test]
fn every_number_is_the_one_worked_out_by_hand() {
    let base = model().calculate(Scenario::Base).unwrap();
    let years = &base.outcomes[0].years;
    let first = &years[0];
    assert_eq!(
        [
            first.gross,
            first.after_deadweight,
            first.after_displacement,
            first.after_attribution,
            first.after_drop_off
        ],
        [d("5000"), d("4000"), d("3600"), d("2700"), d("2700")]
    );
    assert_eq!(
        (years[1].after_drop_off, years[1].growth),
        (d("1350"), d("1.21"))
    );
    // 2700 ÷ 1.1 + 1350 ÷ 1.21
    assert_eq!(base.benefits.round_dp(6), d("3570.247934"));
    assert_eq!(
        (base.investment, base.npv.round_dp(6)),
        (d("2000"), d("1570.247934"))
    );
    assert_eq!(base.ratio.unwrap().round_dp(6), d("1.785124"));
    assert_eq!(
        base.flows,
        [d("-2000"), d("2700"), d("1350"), d("0"), d("0"), d("0")]
    );
    assert_eq!(base.payback.unwrap().round_dp(6), d("0.740741"));
    // 2000 ÷ 2454.545454…
    assert_eq!(base.discounted_payback.unwrap().round_dp(6), d("0.814815"));
    // 2000g² = 2700g + 1350
    assert_eq!(
        base.irr,
        Irr::Rate {
            rate: d("0.7383085159")
        }
    );
}

#[test]
fn conventions_move_benefits_and_inputs() {
    let mut at = model();
    for (convention, benefits, investment) in [
        (
            Convention::FirstYearUndiscounted,
            "3927.272727",
            "1818.181818",
        ),
        (Convention::EndOfYear, "3570.247934", "1818.181818"),
        (Convention::MidYear, "3744.507623", "1733.568344"),
    ] {
        at.convention = convention;
        at.inputs[0].year = 1;
        let base = at.calculate(Scenario::Base).unwrap();
        assert_eq!(base.benefits.round_dp(6), d(benefits), "{convention:?}");
        assert_eq!(base.investment.round_dp(6), d(investment), "{convention:?}");
    }
}

#[test]
fn scenarios_take_the_worst_and_the_best_of_everything() {
    let results = model().results().unwrap();
    let taken = |c: &backbone_finance::sroi::Calculation| {
        (
            c.outcomes[0].quantity,
            c.outcomes[0].deadweight,
            c.discount_rate,
        )
    };
    assert_eq!(taken(&results.low), (d("80"), d("40"), d("10")));
    assert_eq!(taken(&results.high), (d("110"), d("10"), d("5")));
    assert!(results.low.ratio < results.base.ratio && results.base.ratio < results.high.ratio);
    // The ends may be given the other way round.
    let mut turned = model();
    turned.outcomes[0].deadweight = range("40", "20", "10");
    assert_eq!(turned.results().unwrap(), results);
}

#[test]
fn the_horizon_leaves_out_what_lies_beyond() {
    let mut short = model();
    short.horizon = 1;
    assert_eq!(
        short.calculate(Scenario::Base).unwrap().outcomes[0]
            .years
            .len(),
        1
    );
}

#[test]
fn steps_show_each_line() {
    let base = model().calculate(Scenario::Base).unwrap();
    let line = |id: &str| -> &Step { base.steps.iter().find(|step| step.id == id).unwrap() };
    for (id, key, formula, value) in [
        (
            "outcome.jobs.year.0.gross",
            "step-gross",
            "100 × 50",
            "5000",
        ),
        (
            "outcome.jobs.year.0.after_deadweight",
            "step-after-deadweight",
            "5000 × (1 − 20 %)",
            "4000",
        ),
        (
            "outcome.jobs.year.1.after_drop_off",
            "step-after-drop-off",
            "2700 × (1 − 50 %)^1",
            "1350",
        ),
        (
            "outcome.jobs.year.1.present_value",
            "step-present-value",
            "1350 ÷ 1.21",
            "1115.702479",
        ),
        (
            "input.grant.present_value",
            "step-input-present-value",
            "2000 ÷ 1",
            "2000",
        ),
        ("total.npv", "step-npv", "3570.247934 − 2000", "1570.247934"),
        (
            "total.ratio",
            "step-ratio",
            "3570.247934 ÷ 2000",
            "1.785124",
        ),
        (
            "total.irr",
            "step-irr",
            "-2000 + 2700 ÷ (1 + r)^1 + 1350 ÷ (1 + r)^2 = 0",
            "73.830852",
        ),
    ] {
        let step = line(id);
        assert_eq!(
            (step.label_key.as_str(), step.formula.as_str()),
            (key, formula),
            "{id}"
        );
        assert_eq!(step.value.unwrap().round_dp(6), d(value), "{id}");
    }
    let mut ids: Vec<&str> = base.steps.iter().map(|step| step.id.as_str()).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((count, ids.len()), (21, 21));
    let localized = line("total.ratio").formula_with(|value, unit| {
        assert_eq!(unit, Unit::Money);
        format!("€ {}", value.round_dp(0))
    });
    assert_eq!(localized, "€ 3570 ÷ € 2000");
}

#[test]
fn sensitivity_puts_the_strongest_first() {
    let list = model().sensitivity().unwrap();
    let names: Vec<Field> = list
        .iter()
        .map(|influence| influence.assumption.field)
        .collect();
    assert_eq!(
        names,
        [Field::Deadweight, Field::Quantity, Field::DiscountRate]
    );
    assert_eq!(
        (list[0].worst_value, list[0].best_value),
        (d("40"), d("10"))
    );
    // The ratio is linear in deadweight: 60 and 90 for 80.
    assert_eq!(list[0].lowest_ratio.round_dp(6), d("1.338843"));
    assert_eq!(list[0].highest_ratio.round_dp(6), d("2.008264"));
}

#[test]
fn break_even_deadweight_gives_a_ratio_of_one() {
    let Threshold::At { percent } = model().break_even().unwrap().all else {
        panic!("no threshold")
    };
    assert_eq!(percent.round_dp(4), d("55.1852"));
    let mut even = model();
    even.outcomes[0].deadweight = Range::exactly(percent);
    assert_eq!(
        even.calculate(Scenario::Base)
            .unwrap()
            .ratio
            .unwrap()
            .round_dp(12),
        d("1")
    );
    even.inputs[0].amount = exactly("1000000");
    assert_eq!(even.break_even().unwrap().all, Threshold::NeverAbove);
    even.inputs.clear();
    assert_eq!(
        even.break_even().unwrap().outcomes[0].threshold,
        Threshold::AlwaysAbove
    );
    assert_eq!(even.calculate(Scenario::Base).unwrap().ratio, None);
    assert!(even.sensitivity().unwrap().is_empty());
}

#[test]
fn problems_name_the_field() {
    type Change = fn(&mut ValueModel);
    let cases: [(Change, Field, ProblemKind); 9] = [
        (
            |m| m.outcomes[0].deadweight = range("0", "120", "120"),
            Field::Deadweight,
            ProblemKind::PercentOutside {
                value: d("120"),
                least: d("0"),
                most: d("100"),
            },
        ),
        (
            |m| m.outcomes[0].drop_off = exactly("-1"),
            Field::DropOff,
            ProblemKind::PercentOutside {
                value: d("-1"),
                least: d("0"),
                most: d("100"),
            },
        ),
        (
            |m| m.outcomes[0].proxy = exactly("-3"),
            Field::Proxy,
            ProblemKind::Negative { value: d("-3") },
        ),
        (
            |m| m.inputs[0].amount = exactly("-1"),
            Field::Amount,
            ProblemKind::Negative { value: d("-1") },
        ),
        (
            |m| m.outcomes[0].duration = Range::exactly(0),
            Field::Duration,
            ProblemKind::NoDuration,
        ),
        (
            |m| m.outcomes[0].quantity = range("1", "5", "4"),
            Field::Quantity,
            ProblemKind::BaseOutsideRange {
                low: d("1"),
                base: d("5"),
                high: d("4"),
            },
        ),
        (
            |m| m.horizon = 0,
            Field::Horizon,
            ProblemKind::HorizonOutside {
                years: 0,
                most: 100,
            },
        ),
        (
            |m| m.inputs[0].year = 9,
            Field::Year,
            ProblemKind::BeyondHorizon {
                year: 9,
                horizon: 5,
            },
        ),
        (
            |m| m.inputs[0].id = "jobs".into(),
            Field::Id,
            ProblemKind::IdNotUnique { id: "jobs".into() },
        ),
    ];
    for (change, field, kind) in cases {
        let mut broken = model();
        change(&mut broken);
        let Err(FinanceError::Invalid(problems)) = broken.results() else {
            panic!("{field:?} was accepted")
        };
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!((problems[0].field, &problems[0].kind), (field, &kind));
    }
    let mut huge = model();
    huge.outcomes[0].quantity = Range::exactly(Decimal::MAX);
    assert!(matches!(huge.results(), Err(FinanceError::Overflow { .. })));
}

#[test]
fn a_result_survives_json() {
    let results = model().results().unwrap();
    let json = serde_json::to_string(&results).unwrap();
    assert_eq!(
        serde_json::from_str::<backbone_finance::sroi::Results>(&json).unwrap(),
        results
    );
    assert!(
        json.contains(r#""gross":"5000""#),
        "decimals travel as text, so no digit is lost"
    );
}
