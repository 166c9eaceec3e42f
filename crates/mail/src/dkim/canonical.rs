//! Relaxed canonical forms (RFC 6376 3.4.2, 3.4.4) and the public key's outer form.

use sha2::{Digest as _, Sha256};

/// One header field: its name in lower case, and its value with folds, without the last line end.
pub(super) struct Field<'a> {
    name: String,
    value: &'a [u8],
}

/// Splits a header block (without its final line end) into fields.
pub(super) fn fields(head: &[u8]) -> Vec<Field<'_>> {
    let mut fields = Vec::new();
    let mut start = 0;
    while start < head.len() {
        let mut end = start;
        loop {
            end += head[end..]
                .windows(2)
                .position(|w| w == b"\r\n")
                .unwrap_or(head.len() - end);
            let folded = matches!(head.get(end + 2), Some(b' ' | b'\t'));
            if !folded {
                break;
            }
            end += 2;
        }
        let line = &head[start..end];
        if let Some(colon) = line.iter().position(|b| *b == b':') {
            let name = String::from_utf8_lossy(&line[..colon])
                .trim()
                .to_ascii_lowercase();
            fields.push(Field {
                name,
                value: &line[colon + 1..],
            });
        }
        start = end + 2;
    }
    fields
}

/// Appends the canonical form of each wanted header that is there, last occurrence first, and lists the names.
///
/// A wanted `from` beyond those that exist is named without adding anything: that forbids adding one.
pub(super) fn select(
    fields: &[Field<'_>],
    wanted: &[&str],
    input: &mut Vec<u8>,
    names: &mut String,
) {
    let mut taken = vec![false; fields.len()];
    for name in wanted {
        let found = fields
            .iter()
            .enumerate()
            .rev()
            .find(|(index, field)| !taken[*index] && field.name == *name);
        if found.is_none() && *name != "from" {
            continue;
        }
        if !names.is_empty() {
            // Folded at every fourth colon, which keeps lines short.
            names.push_str(if names.matches(':').count() % 4 == 3 {
                ":\r\n "
            } else {
                ":"
            });
        }
        names.push_str(name);
        if let Some((index, field)) = found {
            taken[index] = true;
            input.extend_from_slice(name.as_bytes());
            input.push(b':');
            relaxed_value(field.value, input);
            input.extend_from_slice(b"\r\n");
        }
    }
}

/// Unfolds, turns runs of blanks into one, and drops blanks at both ends.
pub(super) fn relaxed_value(value: &[u8], out: &mut Vec<u8>) {
    let start = out.len();
    let mut blank = false;
    for &byte in value {
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => blank = true,
            _ => {
                if blank && out.len() > start {
                    out.push(b' ');
                }
                blank = false;
                out.push(byte);
            }
        }
    }
}

/// SHA-256 of the body: runs of blanks as one, none before a line end, empty lines at the end dropped.
pub(super) fn body_hash(body: &[u8]) -> [u8; 32] {
    let mut out = Vec::with_capacity(body.len() + 2);
    let mut empty_lines = 0;
    for line in body.split(|b| *b == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let start = out.len();
        for _ in 0..empty_lines {
            out.extend_from_slice(b"\r\n");
        }
        let content = out.len();
        let mut blank = false;
        for &byte in line {
            if byte == b' ' || byte == b'\t' {
                blank = true;
                continue;
            }
            if blank {
                out.push(b' ');
                blank = false;
            }
            out.push(byte);
        }
        if out.len() == content {
            out.truncate(start);
            empty_lines += 1;
        } else {
            out.extend_from_slice(b"\r\n");
            empty_lines = 0;
        }
    }
    Sha256::digest(&out).into()
}

/// Wraps an `RSAPublicKey` into the `SubjectPublicKeyInfo` that verifiers expect in DNS.
pub(super) fn rsa_public_key_info(key: &[u8]) -> Vec<u8> {
    // AlgorithmIdentifier of rsaEncryption with NULL parameters (RFC 3279 2.3.1).
    const ALGORITHM: [u8; 15] = [
        0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
    ];
    let mut bits = vec![0];
    bits.extend_from_slice(key);
    let mut inner = ALGORITHM.to_vec();
    der(0x03, &bits, &mut inner);
    let mut outer = Vec::new();
    der(0x30, &inner, &mut outer);
    outer
}

fn der(tag: u8, content: &[u8], out: &mut Vec<u8>) {
    out.push(tag);
    let length = content.len();
    let bytes = length.to_be_bytes();
    if length < 0x80 {
        out.push(bytes[bytes.len() - 1]);
    } else {
        let digits = &bytes[bytes.iter().position(|b| *b != 0).unwrap_or(0)..];
        // At most eight digits: the length of a length always fits.
        out.push(0x80 | u8::try_from(digits.len()).unwrap_or(8));
        out.extend_from_slice(digits);
    }
    out.extend_from_slice(content);
}
