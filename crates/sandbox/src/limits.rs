use std::time::Duration;

/// What one job may use before it is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Address space of the child in bytes, its program text included.
    pub memory: u64,
    /// Processor time; rounded up to whole seconds, because the system counts it so.
    pub cpu: Duration,
    /// Time from handing the job over to its last answer byte.
    pub wall: Duration,
    /// Size of the job's input in bytes; checked before a child is used.
    pub input: u64,
    /// Size of the job's answer in bytes.
    pub output: u64,
}

impl Default for Limits {
    /// Room for a spreadsheet of a few hundred thousand cells or a long report.
    fn default() -> Self {
        Self {
            memory: 768 << 20,
            cpu: Duration::from_secs(20),
            wall: Duration::from_secs(30),
            input: 64 << 20,
            output: 128 << 20,
        }
    }
}
