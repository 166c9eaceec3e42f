//! Reads files as an import would, and says what it found; its `sandbox` subcommand is the child.

use std::{env, fs, process::exit};

use backbone_ingest::{
    TableLimits,
    period::Reading,
    table::{self, CsvReader, Line, xlsx},
    value::{Mark, NumberStyle},
};
use backbone_sandbox::{Limits, Sandbox, child};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.first().map(String::as_str) == Some("sandbox") {
        child::serve(&[xlsx::JOB]);
    }
    if let [command, path] = arguments.as_slice()
        && command == "count"
    {
        match count(path) {
            Ok((rows, problems)) => println!("{rows} rows, {problems} problems"),
            Err(error) => println!("refused: {error}"),
        }
        return;
    }
    if arguments.is_empty() {
        eprintln!("usage: backbone-ingest-probe FILE… | count FILE.csv");
        exit(2);
    }
    for path in &arguments {
        println!("{path}");
        if let Err(error) = show(path).await {
            println!("  refused: {error}");
        }
    }
}

/// Streams a CSV file without keeping it, to see how long that takes and how much memory.
fn count(path: &str) -> Result<(u64, u64), Box<dyn std::error::Error>> {
    let mut reader = CsvReader::open(fs::File::open(path)?, &TableLimits::default())?;
    let (mut rows, mut problems) = (0, 0);
    while let Some(line) = reader.next_line()? {
        match line {
            Line::Row(_) => rows += 1,
            Line::Problem(_) => problems += 1,
        }
    }
    Ok((rows, problems))
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
        let filled: Vec<_> = table
            .rows
            .iter()
            .filter(|row| !row.cells[index].trim().is_empty())
            .collect();
        let (mut no_periods, mut no_numbers) = (Vec::new(), Vec::new());
        for row in &filled {
            let text = &row.cells[index];
            no_periods.extend(
                reading
                    .read(text)
                    .err()
                    .map(|error| (row.number, error.to_string())),
            );
            no_numbers.extend(
                style
                    .read(text)
                    .err()
                    .map(|error| (row.number, error.to_string())),
            );
        }
        let count = filled.len();
        let (periods, numbers) = (count - no_periods.len(), count - no_numbers.len());
        println!("  {header}: {count} filled, {periods} periods, {numbers} numbers");
        for note in period_notes
            .iter()
            .map(ToString::to_string)
            .chain(number_notes.iter().map(ToString::to_string))
        {
            println!("    {note}");
        }
        let odd = if periods * 2 > count {
            no_periods
        } else {
            no_numbers
        };
        for (row, error) in odd.iter().filter(|_| periods.max(numbers) * 2 > count) {
            println!("    row {row}: {error}");
        }
    }
    Ok(())
}
