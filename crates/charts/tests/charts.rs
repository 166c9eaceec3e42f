//! What holds for every chart, and what each one says.

use backbone_charts::*;

fn frame(id: &'static str, width: u32) -> Frame<'static> {
    Frame {
        id,
        title: "A <title> & more",
        description: "It \"rose\".",
        width,
        theme: Theme::Light,
        background: false,
    }
}

fn number(value: f64) -> String {
    format!("{value}")
}

const LINE_WORDS: LineWords<'static> = LineWords {
    period: "Year",
    not_from_zero: "Axis does not start at zero.",
    no_data: "none",
};

fn line_of(width: u32, values: &[Option<f64>], reference: bool) -> Chart {
    let names: Vec<String> = (0..values.len()).map(|i| (2000 + i).to_string()).collect();
    let periods: Vec<&str> = names.iter().map(String::as_str).collect();
    let series = [
        Series {
            label: "First",
            values,
            forecast_from: None,
        },
        Series {
            label: "Second, with a name that is far too long for its room",
            values,
            forecast_from: Some(2),
        },
    ];
    line(&LineChart {
        frame: frame("l", width),
        height: 200,
        periods: &periods,
        series: &series,
        target: reference.then_some(Reference {
            label: "Target",
            values: &[Some(5.0)],
        }),
        baseline: reference.then_some(Reference {
            label: "Baseline",
            values: &[Some(f64::INFINITY)],
        }),
        format: &number,
        words: LINE_WORDS,
    })
}

fn bars_of(width: u32, values: &[Option<f64>]) -> [Chart; 2] {
    let bars: Vec<Bar<'_>> = values
        .iter()
        .map(|value| Bar {
            label: "<b>Some & organization</b>",
            value: *value,
            text: "a value",
            tone: Tone::Series,
        })
        .collect();
    let words = BarWords {
        label: "Who",
        value: "What",
        no_data: "none",
    };
    let steps: Vec<WaterfallStep<'_>> = values
        .iter()
        .enumerate()
        .map(|(i, v)| WaterfallStep {
            label: "Step",
            total: i == 0,
            value: v.unwrap_or(f64::NAN),
            text: "a value",
        })
        .collect();
    let step_words = WaterfallWords {
        step: "Step",
        value: "Value",
        no_data: "none",
    };
    [
        bar(&BarChart {
            frame: frame("b", width),
            bars: &bars,
            words,
        }),
        waterfall(&WaterfallChart {
            frame: frame("w", width),
            steps: &steps,
            words: step_words,
        }),
    ]
}

fn others_of(width: u32, values: &[Option<f64>]) -> [Chart; 4] {
    let parts: Vec<Part<'_>> = values
        .iter()
        .map(|v| Part {
            label: "A part",
            value: v.unwrap_or(f64::NAN),
            text: "7",
            tone: Tone::Series,
        })
        .collect();
    let points: Vec<(&str, Option<f64>)> = values.iter().map(|value| ("2026", *value)).collect();
    let mark = |i: usize| Mark {
        value: values.get(i).copied().flatten().unwrap_or(f64::NAN),
        text: "3 : 1",
        label: "Base",
    };
    let link = TraceBox {
        kind: "Metric",
        name: "A <name> of some length",
        value: "31",
        current: true,
    };
    let boxes = vec![link; values.len()];
    [
        stacked(&StackedChart {
            frame: frame("s", width),
            parts: &parts,
            words: StackedWords {
                label: "Part",
                value: "Count",
                no_data: "none",
            },
        }),
        sparkline(&Sparkline {
            frame: frame("k", width),
            height: 32,
            values: &points,
            target: values.first().copied().flatten(),
            format: &number,
            words: SparklineWords {
                period: "Year",
                value: "Value",
                target: "Target",
                no_data: "none",
            },
        }),
        range(&RangeChart {
            frame: frame("r", width),
            low: mark(0),
            base: mark(1),
            high: mark(2),
            break_even: Some(Mark {
                value: 1.0,
                text: "1",
                label: "Break-even",
            }),
            words: RangeWords {
                label: "Scenario",
                value: "Ratio",
                no_data: "none",
            },
        }),
        trace(&TraceChart {
            frame: frame("t", width),
            boxes: &boxes,
            words: TraceWords {
                kind: "Kind",
                name: "Name",
                value: "Value",
                no_data: "none",
            },
        }),
    ]
}

/// None, one, gaps, negative, huge, tiny, all the same, not finite.
fn awkward() -> Vec<Vec<Option<f64>>> {
    let some = |values: &[f64]| values.iter().copied().map(Some).collect();
    vec![
        vec![],
        vec![None],
        vec![None, None, Some(3.0)],
        some(&[5.0]),
        some(&[0.0, 0.0, 0.0]),
        some(&[7.0, 7.0, 7.0]),
        some(&[-3.0, -8.0, -1.0]),
        some(&[-3.0, 8.0, 0.0]),
        some(&[1e300, -1e300, f64::MAX]),
        some(&[1e-300, 2e-300, 0.0]),
        some(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY]),
        (0..60)
            .map(|i| (i % 7 != 0).then_some(f64::from(i) * 1e9))
            .collect(),
    ]
}

/// Everything within the element's own bounds, well-formed, without styles, scripts or numbers that are none.
fn check(chart: &Chart, what: &str) {
    let svg = &chart.svg;
    for forbidden in [
        "NaN", "inf", "style=", "<style", "<script", "href", "<b>", "<name>",
    ] {
        assert!(!svg.contains(forbidden), "{what}: {forbidden} in {svg}");
    }
    assert!(
        svg.contains("role=\"img\"") && svg.contains("<title id=") && svg.contains("<desc id="),
        "{what}"
    );
    assert!(
        svg.contains("A &lt;title&gt; &amp; more") && svg.contains("It &quot;rose&quot;."),
        "{what}"
    );
    let pixels = png(svg, 120).unwrap_or_else(|error| panic!("{what}: {error}\n{svg}"));
    assert!(pixels.starts_with(b"\x89PNG"), "{what}");
    assert!(!chart.alt.is_empty());
    for row in &chart.table.rows {
        assert_eq!(row.len(), chart.table.headers.len(), "{what}: {row:?}");
    }
}

#[test]
fn no_values_break_a_picture() {
    for values in awkward() {
        for width in [120, 320, 700] {
            let what = format!("{:?} at {width}", values.iter().take(4).collect::<Vec<_>>());
            let lines = [
                line_of(width, &values, false),
                line_of(width, &values, true),
            ];
            let all = lines
                .into_iter()
                .chain(bars_of(width, &values))
                .chain(others_of(width, &values));
            all.for_each(|chart| check(&chart, &what));
        }
    }
}

#[test]
fn the_same_input_gives_the_same_picture() {
    let values = [Some(1.0), None, Some(3.0)];
    assert_eq!(line_of(700, &values, true), line_of(700, &values, true));
}

#[test]
fn an_axis_without_zero_says_so() {
    let near = line_of(700, &[Some(96.0), Some(97.0)], false);
    assert!(
        near.svg.contains("Axis does not start at zero.")
            && near.alt.ends_with("Axis does not start at zero.")
    );
    for values in [
        [Some(1.0), Some(97.0)],
        [Some(-96.0), Some(97.0)],
        [Some(50.0), Some(50.0)],
    ] {
        assert!(
            !line_of(700, &values, false).svg.contains("Axis does not"),
            "{values:?}"
        );
    }
}

#[test]
fn lines_are_drawn_as_what_they_are() {
    let values: Vec<Option<f64>> = [1.0, 2.0, 3.0, 4.0].map(Some).into();
    let chart = line_of(700, &values, true);
    let count = |what: &str| chart.svg.matches(what).count();
    assert_eq!(count("stroke-dasharray=\"6 4\""), 1, "the target");
    assert_eq!(count("stroke-dasharray=\"0.1 5\""), 1, "the forecast");
    assert_eq!(count("class=\"chart-grid\""), 3, "three gridlines");
    assert_eq!(
        count(">First<") + count(">Target<"),
        2,
        "labels at the ends"
    );
    assert_eq!(chart.table.headers[..2], ["Year", "First"]);
    assert_eq!(chart.table.rows[1], ["2001", "2", "2", "5", "none"]);
    let gap = line_of(
        700,
        &[Some(1.0), Some(2.0), None, Some(2.0), Some(3.0)],
        false,
    );
    let lines = gap.svg.matches("class=\"chart-series-1\" d=").count();
    assert_eq!(
        lines, 3,
        "two stretches, and the lead from the end to its label"
    );
}

#[test]
fn end_labels_do_not_collide() {
    let chart = line_of(320, &[Some(4.0), Some(5.0)], true);
    // Labels are the texts right of the plot; their baselines lie at least a line apart.
    let mut baselines: Vec<f64> = chart
        .svg
        .split("<text ")
        .skip(1)
        .filter(|text| text.contains("font-size=\"12\"") && !text.contains("text-anchor"))
        .filter_map(|text| text.split("y=\"").nth(1)?.split('"').next()?.parse().ok())
        .collect();
    baselines.sort_by(f64::total_cmp);
    assert!(baselines.len() >= 4, "{baselines:?}");
    assert!(
        baselines.windows(2).all(|pair| pair[1] - pair[0] >= 13.0),
        "{baselines:?}"
    );
}

#[test]
fn a_picture_of_no_size_or_no_sense_is_refused() {
    let chart = line_of(320, &[Some(1.0), Some(2.0)], false);
    assert!(matches!(png(&chart.svg, 0), Err(PngError::Size { .. })));
    assert!(matches!(png(&chart.svg, 9000), Err(PngError::Size { .. })));
    assert!(matches!(png("<svg", 300), Err(PngError::Unreadable(_))));
    let tall = r#"<svg xmlns="http://www.w3.org/2000/svg" width="1" height="100000"/>"#;
    assert!(matches!(png(tall, 100), Err(PngError::Size { .. })));
}

/// Text is drawn with the embedded font: the picture of a text is not empty.
#[test]
fn text_reaches_the_png() {
    let of = |text| {
        let svg = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" width="80" height="20"><text y="15" font-family="Inter, sans-serif">{text}</text></svg>"#
        );
        png(&svg, 80).unwrap()
    };
    let empty = of("");
    for text in ["Hours", "Één ĝ ß", "€ − × ÷ → …", "Ωμέγα"] {
        assert_ne!(of(text), empty, "{text}");
    }
}
