//! Reads one JSON object a line, `{"rate": "0.05", "flows": ["-100", "60", "60"]}`, and prints one a line with the
//! net present value (first flow undiscounted), the internal rate of return and the payback; or with `error`.
//!
//! `echo '{"rate":"0.05","flows":["-100","60","60"]}' | cargo run -q -p backbone-finance --example cash_flow`

use backbone_finance::cash_flow::{Convention, irr, npv, payback};
use backbone_finance::{Decimal, FinanceError};
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{BufRead, Write};

#[derive(Deserialize)]
struct Question {
    rate: Decimal,
    flows: Vec<Decimal>,
}

fn answer(question: &Question) -> Result<Value, FinanceError> {
    let found = irr(&question.flows)?;
    Ok(json!({
        "npv": npv(question.rate, &question.flows, Convention::FirstYearUndiscounted)?,
        "principal": found.principal(),
        "irr": found,
        "payback": payback(&question.flows, None)?,
    }))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let question: Question = serde_json::from_str(&line?)?;
        let answer =
            answer(&question).unwrap_or_else(|error| json!({ "error": error.to_string() }));
        writeln!(out, "{answer}")?;
    }
    Ok(())
}
