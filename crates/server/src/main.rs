//! The binary `backbone`.

fn main() -> std::process::ExitCode {
    backbone_server::cli::main()
}
