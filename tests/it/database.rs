mod kept;
mod migrations;
mod upgrade;
mod writer;
