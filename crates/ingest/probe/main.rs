//! Reads files as an import would, and says what it found; its `sandbox` subcommand is the child.

use std::{env, fs, process::exit};

use backbone_ingest::{
    TableLimits,
    period::Reading,
    table::{self, xlsx},
    value::{Mark, NumberStyle},
};
use backbone_sandbox::{Limits, Sandbox, child};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.first().map(String::as_str) == Some("sandbox") {
        child::serve(&[xlsx::JOB]);
    }
    if arguments.is_empty() {
        eprintln!("usage: backbone-ingest-probe FILE…");
        exit(2);
    }
    for path in &arguments {
        println!("{path}");
        if let Err(error) = show(path).await {
            println!("  refused: {error}");
        }
    }
}

async fn show(path: &str) -> Result<(), Box<dyn std::error::Error>> {
    let sandbox = Sandbox::new(env::current_exe()?, Limits::default(), 0);
    let table = table::read(&sandbox, fs::read(path)?, None, &TableLimits::default()).await?;
    println!(
        "  {} rows, {} problems",
        table.rows.len(),
        table.problems.len()
    );
    for note in &table.notes {
        println!("  {note}");
    }
    for problem in table.problems.iter().take(20) {
        println!("  row {}: {}", problem.row, problem.problem);
    }
    for (index, header) in table.headers.iter().enumerate() {
        let (reading, period_notes) = Reading::default().for_column(table.column(index));
        let (style, number_notes) = NumberStyle::for_column(table.column(index), Mark::Point);
        let filled = || {
            table
                .rows
                .iter()
                .filter(|row| !row.cells[index].trim().is_empty())
        };
        let periods = filled()
            .filter(|row| reading.read(&row.cells[index]).is_ok())
            .count();
        let numbers = filled()
            .filter(|row| style.read(&row.cells[index]).is_ok())
            .count();
        println!(
            "  {header}: {} filled, {periods} periods, {numbers} numbers",
            filled().count()
        );
        for note in period_notes
            .iter()
            .map(ToString::to_string)
            .chain(number_notes.iter().map(ToString::to_string))
        {
            println!("    {note}");
        }
        for row in filled() {
            let text = &row.cells[index];
            if periods * 2 > filled().count()
                && let Err(error) = reading.read(text)
            {
                println!("    row {}: {error}", row.number);
            } else if numbers * 2 > filled().count()
                && let Err(error) = style.read(text)
            {
                println!("    row {}: {error}", row.number);
            }
        }
    }
    Ok(())
}
