//! What a server answers: a code, an enhanced code, and lines of text.

use std::fmt;

/// Limits on what a server may send as one reply, so that a broken one cannot fill the memory.
pub(super) const LONGEST_LINE: usize = 4096;
pub(super) const MOST_LINES: usize = 200;

/// An enhanced status code (RFC 3463), such as 5.1.1 for an unknown mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct EnhancedCode {
    /// 2 success, 4 for now, 5 for good.
    pub class: u8,
    /// 1 address, 2 mailbox, 3 system, 4 network, 5 protocol, 6 content, 7 policy.
    pub subject: u16,
    /// The detail within the subject.
    pub detail: u16,
}

impl EnhancedCode {
    fn parse(word: &str) -> Option<Self> {
        let mut numbers = word.split('.');
        let class = numbers
            .next()?
            .parse()
            .ok()
            .filter(|class| matches!(class, 2 | 4 | 5))?;
        let code = Self {
            class,
            subject: numbers.next()?.parse().ok()?,
            detail: numbers.next()?.parse().ok()?,
        };
        numbers.next().is_none().then_some(code)
    }
}

impl fmt::Display for EnhancedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

/// One reply of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The three digits.
    pub code: u16,
    /// The enhanced code, where the server gives one.
    pub enhanced: Option<EnhancedCode>,
    /// The text of all lines, joined by line feeds, without the codes.
    pub text: String,
}

impl Reply {
    pub(super) fn new(code: u16, lines: &[String]) -> Self {
        let enhanced = lines
            .first()
            .and_then(|line| EnhancedCode::parse(line.split(' ').next()?));
        let shown = enhanced.map(|code| code.to_string());
        let strip = |line: &String| match &shown {
            Some(code) => line
                .strip_prefix(code.as_str())
                .unwrap_or(line)
                .trim_start()
                .to_owned(),
            None => line.clone(),
        };
        Self {
            code,
            enhanced,
            text: lines.iter().map(strip).collect::<Vec<_>>().join("\n"),
        }
    }

    /// 2xx
    #[must_use]
    pub fn is_positive(&self) -> bool {
        self.code / 100 == 2
    }

    /// 5xx
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        self.code / 100 == 5
    }
}

impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code)?;
        if let Some(enhanced) = self.enhanced {
            write!(f, " {enhanced}")?;
        }
        write!(f, " {}", self.text.replace('\n', " "))
    }
}

/// One line of a reply: its code, whether it is the last, its text. `None` when it is not a reply line.
pub(super) fn parse_line(line: &[u8]) -> Option<(u16, bool, String)> {
    let code = line.get(..3)?;
    if !code.iter().all(u8::is_ascii_digit) || !(b'2'..=b'5').contains(&code[0]) {
        return None;
    }
    let code = code
        .iter()
        .fold(0, |code, digit| code * 10 + u16::from(digit - b'0'));
    let last = match line.get(3) {
        None | Some(b' ') => true,
        Some(b'-') => false,
        Some(_) => return None,
    };
    let text = String::from_utf8_lossy(line.get(4..).unwrap_or_default());
    Some((code, last, text.replace(char::is_control, " ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_enhanced_codes() {
        type Row<'a> = (&'a [u8], Option<(u16, bool, &'a str)>);
        let table: [Row<'_>; 7] = [
            (b"250 2.0.0 Ok", Some((250, true, "2.0.0 Ok"))),
            (b"250-PIPELINING", Some((250, false, "PIPELINING"))),
            (b"354", Some((354, true, ""))),
            (b"554 a\x1bb", Some((554, true, "a b"))),
            (b"hello", None),
            (b"99 x", None),
            (b"250:x", None),
        ];
        for (line, expected) in table {
            let got = parse_line(line);
            assert_eq!(got.as_ref().map(|(c, l, t)| (*c, *l, t.as_str())), expected);
        }
        let reply = Reply::new(
            550,
            &["5.1.1 No such user".to_owned(), "5.1.1 here".to_owned()],
        );
        assert_eq!(
            reply.enhanced.map(|e| e.to_string()).as_deref(),
            Some("5.1.1")
        );
        assert_eq!(reply.text, "No such user\nhere");
        assert_eq!(Reply::new(250, &["9.1.1 x".to_owned()]).enhanced, None);
    }
}
