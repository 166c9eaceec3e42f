"""Holds measurements in a DuckDB table in memory and scans them whenever a line comes in: prints figures found and their sum."""

import sys

import duckdb

connection = duckdb.connect()
connection.execute("CREATE TABLE measurements AS SELECT * FROM read_csv(?)", [sys.argv[1]])
for _ in sys.stdin:
    figures = connection.execute(
        "SELECT metric, period, sum(value) FROM measurements GROUP BY metric, period"
    ).fetchall()
    print(len(figures), int(sum(row[2] for row in figures)), flush=True)
