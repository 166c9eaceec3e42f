//! Present values, payback and rates of return against hand-checked and published figures.

use backbone_finance::cash_flow::{
    Convention, Discounting, Irr, NoRate, benefit_cost_ratio, irr, net, npv, payback,
    present_values, running_totals,
};
use backbone_finance::{Decimal, FinanceError};

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn flows(text: &str) -> Vec<Decimal> {
    text.split_whitespace().map(d).collect()
}

/// SUNY Westchester Community College, economic impact report (2023), p. 48: benefits to taxpayers of FY 2021-22 by
/// year, US$ million, each rounded to 0.1. The cost is 71.2 in year 0.
const WESTCHESTER: [&str; 40] = [
    "11.2", "0.4", "0.7", "1.1", "1.6", "2.5", "2.5", "2.6", "2.6", "2.6", "2.6", "2.6", "2.6",
    "2.6", "2.7", "2.7", "2.7", "2.7", "2.7", "2.7", "2.7", "2.7", "2.7", "2.6", "2.6", "2.6",
    "2.5", "2.5", "2.4", "2.4", "2.3", "2.2", "2.2", "2.1", "2.0", "1.9", "1.9", "1.8", "1.7",
    "1.6",
];

/// The table's benefits, each moved by the same half of its last printed digit.
fn westchester(moved: &str) -> Vec<Decimal> {
    WESTCHESTER.iter().map(|cell| d(cell) + d(moved)).collect()
}

const START: Convention = Convention::FirstYearUndiscounted;

#[test]
fn westchester_as_printed() {
    let (benefits, costs, rate) = (westchester("0"), vec![d("71.2")], d("0.002"));
    let flows = net(&benefits, &costs).unwrap();
    // The report discounts by 0.2 % (p. 47). From rounded cells its 96.6 comes out as 96.3.
    assert_eq!(npv(rate, &benefits, START).unwrap().round_dp(1), d("96.3"));
    assert_eq!(npv(rate, &flows, START).unwrap().round_dp(1), d("25.1"));
    let ratio = benefit_cost_ratio(rate, &benefits, &costs, START)
        .unwrap()
        .unwrap();
    assert_eq!(ratio.round_dp(1), d("1.4"));
    let found = irr(&flows).unwrap().principal().unwrap();
    assert_eq!((found * Decimal::ONE_HUNDRED).round_dp(1), d("2.1"));
    assert_eq!(payback(&flows, None).unwrap(), Some(d("25.36")));
}

/// Each printed figure lies between what the cells (and the rate) give at the two ends of their rounding.
#[test]
fn westchester_within_rounding() {
    let costs = [d("71.25"), d("71.15")];
    let (low, high) = (westchester("-0.05"), westchester("0.05"));
    let (low_flows, high_flows) = (
        net(&low, &costs[..1]).unwrap(),
        net(&high, &costs[1..]).unwrap(),
    );
    let value = |rate, flows: &[Decimal]| npv(d(rate), flows, START).unwrap();
    let percent =
        |flows: &[Decimal]| irr(flows).unwrap().principal().unwrap() * Decimal::ONE_HUNDRED;
    let back = |flows: &[Decimal]| payback(flows, None).unwrap().unwrap();
    for (what, printed, least, most) in [
        (
            "present value",
            "96.6",
            value("0.0025", &low),
            value("0.0015", &high),
        ),
        (
            "net present value",
            "25.4",
            value("0.0025", &low_flows),
            value("0.0015", &high_flows),
        ),
        (
            "rate of return",
            "2.1",
            percent(&low_flows),
            percent(&high_flows),
        ),
        ("payback", "25.3", back(&high_flows), back(&low_flows)),
    ] {
        let printed = d(printed);
        assert!(
            least <= printed && printed <= most,
            "{what}: {printed} not in {least}..{most}"
        );
        assert!(
            most - least < d("7"),
            "{what}: {least}..{most} says nothing"
        );
    }
    let published = d("96.6") / d("71.2");
    assert_eq!(published.round_dp(1), d("1.4"));
}

#[test]
fn each_convention_discounts_its_own_year() {
    // 110 in two years at 10 %: by hand.
    for (convention, expected) in [
        (Convention::FirstYearUndiscounted, "210"),
        (Convention::EndOfYear, "190.90909090909090909090909091"),
    ] {
        assert_eq!(
            npv(d("0.1"), &flows("110 110"), convention).unwrap(),
            d(expected),
            "{convention:?}"
        );
    }
    // Half a year at 21 % is 10 %, exactly.
    let middle = npv(d("0.21"), &flows("110 133.1"), Convention::MidYear).unwrap();
    assert_eq!(middle.round_dp(20), d("200"));
    let table = present_values(d("0.1"), &flows("5 11"), START).unwrap();
    assert_eq!((table[1].growth, table[1].value), (d("1.1"), d("10")));
    assert_eq!(npv(d("0.1"), &[], START), Ok(Decimal::ZERO));
}

#[test]
fn payback_is_when_the_total_stays_up() {
    for (list, expected) in [
        ("", Some("0")),
        ("5 5", Some("0")),
        ("-100 50 50", Some("2")),
        ("-100 60 80", Some("1.5")),
        ("-100 0 0 100", Some("3")),
        ("-100 99.99", None),
        ("-100 150 -100 100", Some("2.5")),
        ("-100 150 -100", None),
        ("0 -10 20", Some("1.5")),
    ] {
        assert_eq!(
            payback(&flows(list), None).unwrap(),
            expected.map(d),
            "{list}"
        );
    }
    let discounting = Discounting {
        rate: d("0.1"),
        convention: START,
    };
    assert_eq!(
        payback(&flows("-100 110 110"), Some(discounting)).unwrap(),
        Some(d("1"))
    );
    assert_eq!(
        running_totals(&flows("-100 60 80")).unwrap(),
        flows("-100 -40 40")
    );
}

#[test]
fn rates_of_return() {
    let none = |reason| Irr::None { reason };
    let rate = |text| Irr::Rate { rate: d(text) };
    let several = |text| Irr::Multiple { rates: flows(text) };
    for (list, expected) in [
        ("", none(NoRate::AllZero)),
        ("0 0 0", none(NoRate::AllZero)),
        ("10 20", none(NoRate::NoSignChange)),
        ("-10 -20", none(NoRate::NoSignChange)),
        ("-100 110", rate("0.1")),
        ("100 -110", rate("0.1")),
        ("-100 0 121", rate("0.1")),
        ("0 0 -100 110 0", rate("0.1")),
        ("-100 100", rate("0")),
        ("-100 1", rate("-0.99")),
        ("-1 1001", rate("1000")),
        // x² − 2.3x + 1.32 in (1 + r): 10 % and 20 %.
        ("-100 230 -132", several("0.1 0.2")),
        // (g − 1.5)²: touches zero, does not cross it.
        ("100 -300 225", rate("0.5")),
        // g² − 2g + 2 has no real root.
        ("100 -200 200", none(NoRate::NeverZero)),
        // (g − 0.5)(g − 1)(g − 3) = g³ − 4.5g² + 5g − 1.5
        ("-2 9 -10 3", several("-0.5 0 2")),
    ] {
        assert_eq!(irr(&flows(list)).unwrap(), expected, "{list}");
    }
    assert_eq!(
        irr(&flows("-2 9 -10 3")).unwrap().principal(),
        Some(Decimal::ZERO)
    );
    assert_eq!(irr(&flows("1 1")).unwrap().principal(), None);
}

#[test]
fn long_flows_keep_their_rate() {
    // An annuity of 1 a period bought at 100 for 1,199 periods: worth (1 − v¹¹⁹⁹) ÷ r.
    let mut long = vec![Decimal::ONE; 1200];
    long[0] = d("-100");
    let rate = irr(&long).unwrap().principal().unwrap();
    assert!((rate - d("0.01")).abs() < d("0.00001"), "{rate}");
}

#[test]
fn what_cannot_be_calculated_is_an_error() {
    let one = flows("1 1");
    for rate in ["-1", "-3"] {
        assert_eq!(
            npv(d(rate), &one, START),
            Err(FinanceError::RateOutOfRange { rate: d(rate) })
        );
    }
    let many = vec![Decimal::ONE; 1201];
    assert!(matches!(
        irr(&many),
        Err(FinanceError::TooManyPeriods { .. })
    ));
    assert!(matches!(
        npv(d("9"), &many[..100], START),
        Err(FinanceError::Overflow { .. })
    ));
    assert!(matches!(
        npv(d("-0.99"), &many[..100], START),
        Err(FinanceError::Overflow { .. })
    ));
    assert!(matches!(
        npv(d("0"), &[Decimal::MAX, Decimal::MAX], START),
        Err(FinanceError::Overflow { .. })
    ));
    assert!(
        irr(&[Decimal::MIN, Decimal::MAX])
            .unwrap()
            .principal()
            .is_some()
    );
    assert_eq!(benefit_cost_ratio(d("0.1"), &one, &[], START), Ok(None));
}
