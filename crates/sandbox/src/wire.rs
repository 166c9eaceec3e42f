//! The bytes between server and child. Both ends are the same binary, so the format may change
//! freely; the magic only catches a child that is some other program.
//!
//! Request: fixed header (magic, limits, lengths), job kind, input. Answer: one status byte, a
//! length, that many bytes. All integers are little-endian.

use std::time::Duration;

use crate::Limits;

pub(crate) const MAGIC: [u8; 4] = *b"BBS1";
pub(crate) const HEADER_LEN: usize = 4 + 5 * 8 + 8 + 8;
pub(crate) const REPLY_HEADER_LEN: usize = 1 + 8;
/// Exit code of a child whose own clock ran out, in case the server is gone.
pub(crate) const EXIT_OVERDUE: i32 = 75;

/// How a job ended, as its child says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Done,
    Refused,
    Panicked,
    TooMuchMemory,
    TooMuchOutput,
    UnknownKind,
}

const STATUSES: [(Status, u8); 6] = [
    (Status::Done, b'd'),
    (Status::Refused, b'r'),
    (Status::Panicked, b'p'),
    (Status::TooMuchMemory, b'm'),
    (Status::TooMuchOutput, b'o'),
    (Status::UnknownKind, b'u'),
];

impl Status {
    pub(crate) fn byte(self) -> u8 {
        STATUSES
            .iter()
            .find(|(status, _)| *status == self)
            .map_or(b'?', |(_, byte)| *byte)
    }

    pub(crate) fn from_byte(byte: u8) -> Option<Self> {
        STATUSES
            .iter()
            .find(|(_, known)| *known == byte)
            .map(|(status, _)| *status)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub limits: Limits,
    pub kind_len: u64,
    pub input_len: u64,
}

impl Header {
    pub(crate) fn encode(&self) -> [u8; HEADER_LEN] {
        let millis = |d: Duration| u64::try_from(d.as_millis()).unwrap_or(u64::MAX);
        let numbers = [
            self.limits.memory,
            millis(self.limits.cpu),
            millis(self.limits.wall),
            self.limits.input,
            self.limits.output,
            self.kind_len,
            self.input_len,
        ];
        let mut bytes = [0; HEADER_LEN];
        bytes[..4].copy_from_slice(&MAGIC);
        for (slot, number) in bytes[4..].chunks_exact_mut(8).zip(numbers) {
            slot.copy_from_slice(&number.to_le_bytes());
        }
        bytes
    }

    pub(crate) fn decode(bytes: &[u8; HEADER_LEN]) -> Option<Self> {
        if bytes[..4] != MAGIC {
            return None;
        }
        let mut numbers = bytes[4..].chunks_exact(8).map(le_u64);
        let mut next = || numbers.next();
        Some(Self {
            limits: Limits {
                memory: next()?,
                cpu: Duration::from_millis(next()?),
                wall: Duration::from_millis(next()?),
                input: next()?,
                output: next()?,
            },
            kind_len: next()?,
            input_len: next()?,
        })
    }
}

pub(crate) fn encode_reply(status: Status, len: u64) -> [u8; REPLY_HEADER_LEN] {
    let mut bytes = [0; REPLY_HEADER_LEN];
    bytes[0] = status.byte();
    bytes[1..].copy_from_slice(&len.to_le_bytes());
    bytes
}

pub(crate) fn decode_reply(bytes: &[u8; REPLY_HEADER_LEN]) -> Option<(Status, u64)> {
    Some((Status::from_byte(bytes[0])?, le_u64(&bytes[1..])))
}

fn le_u64(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .rev()
        .fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_survives_the_pipe_and_another_program_is_noticed() {
        let header = Header {
            limits: Limits::default(),
            kind_len: 4,
            input_len: 1 << 33,
        };
        let mut bytes = header.encode();
        assert_eq!(Header::decode(&bytes), Some(header));
        bytes[0] = b'X';
        assert_eq!(Header::decode(&bytes), None);
    }

    #[test]
    fn every_status_survives_the_pipe() {
        for (status, _) in STATUSES {
            assert_eq!(
                decode_reply(&encode_reply(status, 77)),
                Some((status, 77)),
                "{status:?}"
            );
        }
        assert_eq!(decode_reply(&[b'y'; REPLY_HEADER_LEN]), None);
    }
}
