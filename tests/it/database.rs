mod migrations;
mod upgrade;
mod writer;
