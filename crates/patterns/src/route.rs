//! The pattern of a route: text and named parts between slashes.

use std::ops::Range;

/// What the framework puts before and around every pattern.
const BEGINNING: &str = "((?s-m)^";
/// What stands for a named part: everything up to the next slash, at least one letter.
const PART: &str = "[^/]+)";
/// What stands for the rest of the address.
const REST: &str = ".*)";
/// Letters that mean something in an expression unless a backslash stands before them.
const SPECIAL: &str = r"\.+*?()|[]{}^$#&-~";
/// Named parts that a pattern may have; as many as the framework allows.
const MOST: usize = 16;

/// A pattern.
#[derive(Debug)]
pub(crate) struct Route {
    pieces: Vec<Piece>,
    names: Vec<String>,
    end: End,
}

#[derive(Debug)]
enum Piece {
    Text(String),
    Part,
    Rest,
}

/// What must follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Nothing.
    Here,
    /// Nothing, or a slash and more.
    Boundary,
    /// Anything: the pattern takes the rest itself.
    Anywhere,
}

/// Where a pattern matched: how much of the text, and each part.
#[derive(Debug)]
pub(crate) struct Found {
    length: usize,
    parts: [(u32, u32); MOST],
}

impl Route {
    /// Understands the expression that the framework makes of a route; nothing when it is of another kind.
    pub fn read(text: &str) -> Option<Self> {
        let mut left = text.strip_prefix(BEGINNING)?;
        let (mut pieces, mut names) = (Vec::new(), Vec::new());
        loop {
            if let Some(named) = left.strip_prefix("(?P<") {
                let (name, expression) = named.split_once('>')?;
                names.push(name.to_owned());
                left = if let Some(left) = expression.strip_prefix(PART) {
                    pieces.push(Piece::Part);
                    left
                } else {
                    pieces.push(Piece::Rest);
                    expression.strip_prefix(REST)?
                };
                continue;
            }
            if let Some(left) = left.strip_prefix(')') {
                let end = match left {
                    "$" => End::Here,
                    "(/|$)" => End::Boundary,
                    "" => End::Anywhere,
                    _ => return None,
                };
                let route = Self { pieces, names, end };
                return route.is_plain().then_some(route);
            }
            let (letter, rest) = letter(left)?;
            left = rest;
            match pieces.last_mut() {
                Some(Piece::Text(text)) => text.push(letter),
                _ => pieces.push(Piece::Text(letter.into())),
            }
        }
    }

    /// Whether no part could end in more than one place: each is followed by a slash or by the end.
    fn is_plain(&self) -> bool {
        let ends_well = |(n, piece): (usize, &Piece)| match (piece, self.pieces.get(n + 1)) {
            (Piece::Text(_), _) => true,
            (Piece::Part, Some(Piece::Text(next))) => next.starts_with('/'),
            (Piece::Part, next) => next.is_none() && self.end != End::Anywhere,
            (Piece::Rest, next) => next.is_none() && self.end != End::Boundary,
        };
        let takes_all = matches!(self.pieces.last(), Some(Piece::Rest));
        self.names.len() <= MOST
            && (takes_all || self.end != End::Anywhere)
            && self.pieces.iter().enumerate().all(ends_well)
    }

    /// Where it matches.
    pub fn find(&self, text: &str) -> Option<Found> {
        if let (End::Here, Some(Piece::Text(last))) = (self.end, self.pieces.last())
            && !text.ends_with(last.as_str())
        {
            return None;
        }
        let (mut at, mut part) = (0, 0);
        let mut parts = [(0, 0); MOST];
        for piece in &self.pieces {
            let left = text.get(at..)?;
            let length = match piece {
                Piece::Text(piece) => left
                    .as_bytes()
                    .starts_with(piece.as_bytes())
                    .then_some(piece.len())?,
                Piece::Part => {
                    let to = left.bytes().position(|b| b == b'/').unwrap_or(left.len());
                    (to > 0).then_some(to)?
                }
                Piece::Rest => left.len(),
            };
            if !matches!(piece, Piece::Text(_)) {
                let ends = (u32::try_from(at).ok()?, u32::try_from(at + length).ok()?);
                *parts.get_mut(part)? = ends;
                part += 1;
            }
            at += length;
        }
        let left = text.get(at..)?;
        let ends = match self.end {
            End::Here => left.is_empty(),
            End::Boundary => left.is_empty() || left.starts_with('/'),
            End::Anywhere => true,
        };
        ends.then_some(Found { length: at, parts })
    }

    /// The groups' names: the whole, the pattern itself, each part, and the boundary when there is one.
    pub fn groups(&self) -> impl Iterator<Item = Option<&str>> {
        let names = self.names.iter().map(|name| Some(name.as_str()));
        let boundary = (self.end == End::Boundary).then_some(None);
        [None, None].into_iter().chain(names).chain(boundary)
    }

    /// Where a group matched, by its number.
    pub fn group(&self, found: &Found, group: usize) -> Option<Range<usize>> {
        match group {
            // The whole is one slash longer at most, which nobody asks a route for.
            0 | 1 => Some(0..found.length),
            n if n < 2 + self.names.len() => Some(range(found.parts.get(n - 2)?)),
            _ => None,
        }
    }

    /// Where a group matched, by its name.
    pub fn named(&self, found: &Found, name: &str) -> Option<Range<usize>> {
        let place = self.names.iter().position(|n| n == name)?;
        found.parts.get(place).map(range)
    }
}

fn range(ends: &(u32, u32)) -> Range<usize> {
    ends.0 as usize..ends.1 as usize
}

/// A letter that means itself, and what comes after it.
fn letter(text: &str) -> Option<(char, &str)> {
    let mut letters = text.chars();
    let first = letters.next()?;
    if first == '\\' {
        // A letter or digit after a backslash is a class or a place, no text.
        let meant = letters.next().filter(|c| !c.is_alphanumeric())?;
        return Some((meant, letters.as_str()));
    }
    (!SPECIAL.contains(first)).then_some((first, letters.as_str()))
}
