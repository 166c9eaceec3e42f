//! Just enough of Rust's grammar to tell code from comments, strings and tests.

/// A Rust file seen line by line.
pub struct RustSource {
    /// The lines with comments and the inside of strings blanked out.
    pub code: Vec<String>,
    /// For each line, whether it belongs to an item marked as test code.
    pub in_test: Vec<bool>,
}

impl RustSource {
    /// Reads a whole file.
    pub fn parse(text: &str) -> Self {
        let code: Vec<String> = blank_out(text).lines().map(str::to_owned).collect();
        let in_test = test_lines(&code);
        Self { code, in_test }
    }

    /// The lines of code that are not test code, numbered from 1.
    pub fn product_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code
            .iter()
            .enumerate()
            .filter(|(index, _)| !self.in_test[*index])
            .map(|(index, line)| (index + 1, line.as_str()))
    }
}

/// Whether `line` contains `word` and not as the end of a longer name.
pub fn has_word(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        !line[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_')
    })
}

/// Replaces comments and the inside of string and character literals by spaces; keeps line breaks.
pub fn blank_out(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = literal_or_comment_end(&chars, at);
        if end > at {
            for &c in &chars[at..end] {
                out.push(if c == '\n' { '\n' } else { ' ' });
            }
            at = end;
        } else {
            out.push(chars[at]);
            at += 1;
        }
    }
    out
}

/// Where the comment or literal that starts at `at` ends, or `at` when none starts there.
fn literal_or_comment_end(chars: &[char], at: usize) -> usize {
    let next = chars.get(at + 1).copied();
    match chars[at] {
        '/' if next == Some('/') => position(chars, at, |c| c == '\n'),
        '/' if next == Some('*') => block_comment_end(chars, at),
        '"' => quoted_end(chars, at, '"'),
        'r' if !after_name(chars, at) => raw_string_end(chars, at),
        '\'' => char_end(chars, at),
        _ => at,
    }
}

fn position(chars: &[char], from: usize, wanted: impl Fn(char) -> bool) -> usize {
    (from..chars.len())
        .find(|&i| wanted(chars[i]))
        .unwrap_or(chars.len())
}

fn after_name(chars: &[char], at: usize) -> bool {
    // `br"…"` is a raw string as well; any other letter before the r makes it part of a name.
    at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_') && chars[at - 1] != 'b'
}

fn block_comment_end(chars: &[char], at: usize) -> usize {
    let (mut depth, mut i) = (0, at);
    while i + 1 < chars.len() {
        match (chars[i], chars[i + 1]) {
            ('/', '*') => {
                depth += 1;
                i += 2;
            }
            ('*', '/') => {
                depth -= 1;
                i += 2;
                if depth == 0 {
                    return i;
                }
            }
            _ => i += 1,
        }
    }
    chars.len()
}

fn quoted_end(chars: &[char], at: usize, quote: char) -> usize {
    let mut i = at + 1;
    while i < chars.len() {
        match chars[i] {
            '\\' => i += 2,
            c if c == quote => return i + 1,
            _ => i += 1,
        }
    }
    chars.len()
}

fn raw_string_end(chars: &[char], at: usize) -> usize {
    let open = position(chars, at + 1, |c| c != '#');
    if chars.get(open) != Some(&'"') {
        return at;
    }
    let hashes = open - at - 1;
    let closes = |i: usize| {
        chars[i] == '"'
            && chars[i + 1..]
                .iter()
                .take(hashes)
                .filter(|&&c| c == '#')
                .count()
                == hashes
    };
    (open + 1..chars.len())
        .find(|&i| closes(i))
        .map_or(chars.len(), |i| i + 1 + hashes)
}

/// The end of a character literal; a lifetime such as `'a` is none.
fn char_end(chars: &[char], at: usize) -> usize {
    match (chars.get(at + 1), chars.get(at + 2)) {
        (Some('\\'), _) => quoted_end(chars, at, '\''),
        (Some(_), Some('\'')) => at + 3,
        _ => at,
    }
}

/// Marks the lines of items under `#[cfg(test)]` or `#[test]` and their kin, by matching braces.
fn test_lines(code: &[String]) -> Vec<bool> {
    let mut marked = vec![false; code.len()];
    let mut line = 0;
    while line < code.len() {
        if is_test_attribute(&code[line]) {
            let end = item_end(code, line);
            marked[line..=end].fill(true);
            line = end;
        }
        line += 1;
    }
    marked
}

fn is_test_attribute(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("#[cfg(test)]")
        || line.starts_with("#[cfg(any(test")
        || line.starts_with("#[test]")
        || line.contains("::test]")
        || line.contains("::test(")
}

/// The last line of the item that starts at `start`: its closing brace, or a semicolon before any brace.
pub fn item_end(code: &[String], start: usize) -> usize {
    let mut depth = 0_i32;
    let mut brackets = 0_i32;
    for (offset, line) in code[start..].iter().enumerate() {
        for c in line.chars() {
            match c {
                '(' | '[' => brackets += 1,
                ')' | ']' => brackets -= 1,
                '{' => depth += 1,
                '}' => {
                    depth -= 1;
                    if depth <= 0 && brackets == 0 {
                        return start + offset;
                    }
                }
                ';' if depth == 0 && brackets == 0 => return start + offset,
                _ => {}
            }
        }
    }
    code.len() - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_comments_and_literals_but_keeps_code() {
        let cases = [
            ("let a = 1; // x.unwrap()", "let a = 1;"),
            ("/* a /* b */ c */ f()", "f()"),
            (r#"g("he said \"hi\" // no") + 1"#, "g( ) + 1"),
            (r##"g(r#"raw " text"#)"##, "g( )"),
            (
                "fn f<'a>(x: &'a str) -> char { '\"' }",
                "fn f<'a>(x: &'a str) -> char { }",
            ),
            ("let r = other;", "let r = other;"),
        ];
        for (source, expected) in cases {
            assert_eq!(
                blank_out(source)
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" "),
                expected,
                "{source}"
            );
        }
    }

    #[test]
    fn knows_which_lines_are_tests() {
        let source = RustSource::parse(
            "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n#[cfg(test)]\nmod more;\nfn d() {}\n",
        );
        let lines: Vec<usize> = source.product_lines().map(|(line, _)| line).collect();
        assert_eq!(lines, [1, 6, 9]);
    }

    #[test]
    fn a_word_does_not_match_inside_a_longer_one() {
        assert!(has_word("use diesel::prelude", "diesel::"));
        assert!(!has_word("use not_diesel::prelude", "diesel::"));
    }
}
