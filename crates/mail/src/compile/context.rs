//! Where a place stands, which decides how a value is escaped.

use std::fmt;

/// How a value must be escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// Between tags.
    HtmlText,
    /// In a quoted attribute.
    HtmlAttribute,
    /// A whole address in `href` or `src`.
    HtmlAddress,
    /// Behind the beginning of an address in `href` or `src`.
    HtmlAddressPart,
    /// In plain text.
    Text,
    /// Behind the beginning of an address in plain text.
    TextAddressPart,
}

/// Where nothing can be filled in safely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misplaced {
    /// In the name of a tag or of an attribute, or between attributes.
    Tag,
    /// In an attribute without quotes.
    Unquoted,
    /// In `style`, `on…`, `srcset` or `srcdoc`.
    Attribute,
    /// In a `<style>` or `<script>`.
    Code,
    /// In a comment.
    Comment,
}

impl fmt::Display for Misplaced {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tag => "inside a tag",
            Self::Unquoted => "in an attribute without quotes",
            Self::Attribute => "in a style, script or source-set attribute",
            Self::Code => "in a style sheet or script",
            Self::Comment => "in a comment",
        })
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum State {
    #[default]
    Text,
    TagName,
    BetweenAttributes,
    AttributeName,
    BeforeValue,
    Quoted(char),
    Unquoted,
    /// `<!…>`: a doctype, or one end of a conditional comment, whose inside some mail programs read as HTML.
    Declaration,
    Comment,
    Code,
}

/// Follows HTML far enough to know what a place is part of.
#[derive(Debug, Default)]
pub(super) struct HtmlScanner {
    state: State,
    tag: String,
    attribute: String,
    /// The last characters, for the ends of comments and code.
    recent: String,
    value_is_empty: bool,
}

impl HtmlScanner {
    pub(super) fn feed(&mut self, text: &str) {
        for c in text.chars() {
            self.step(c);
        }
    }

    /// The context of a place that stands here.
    pub(super) fn slot(&mut self) -> Result<Context, Misplaced> {
        match self.state {
            State::Text => Ok(Context::HtmlText),
            State::Quoted(_) => {
                let at_start = std::mem::replace(&mut self.value_is_empty, false);
                match self.attribute.as_str() {
                    "style" | "srcset" | "srcdoc" => Err(Misplaced::Attribute),
                    name if name.starts_with("on") => Err(Misplaced::Attribute),
                    "href" | "src" | "action" | "background" | "poster" | "cite" if at_start => {
                        Ok(Context::HtmlAddress)
                    }
                    "href" | "src" | "action" | "background" | "poster" | "cite" => {
                        Ok(Context::HtmlAddressPart)
                    }
                    _ => Ok(Context::HtmlAttribute),
                }
            }
            State::BeforeValue | State::Unquoted => Err(Misplaced::Unquoted),
            State::Code => Err(Misplaced::Code),
            State::Comment => Err(Misplaced::Comment),
            State::TagName
            | State::BetweenAttributes
            | State::AttributeName
            | State::Declaration => Err(Misplaced::Tag),
        }
    }

    fn step(&mut self, c: char) {
        match self.state {
            State::Text if c == '<' => {
                self.tag.clear();
                self.state = State::TagName;
            }
            State::Text => {}
            State::TagName => self.in_tag_name(c),
            State::BetweenAttributes | State::AttributeName => self.in_tag(c),
            State::BeforeValue => match c {
                '"' | '\'' => {
                    self.value_is_empty = true;
                    self.state = State::Quoted(c);
                }
                '>' => self.end_tag(),
                c if c.is_whitespace() => {}
                _ => self.state = State::Unquoted,
            },
            State::Quoted(quote) if c == quote => self.state = State::BetweenAttributes,
            State::Quoted(_) => self.value_is_empty = false,
            State::Unquoted => match c {
                '>' => self.end_tag(),
                c if c.is_whitespace() => self.state = State::BetweenAttributes,
                _ => {}
            },
            State::Declaration => self.in_declaration(c),
            State::Comment => {
                if self.recent_ends_with(c, "-->") {
                    self.state = State::Text;
                }
            }
            State::Code => {
                let end = format!("</{}", self.tag);
                if self.recent_ends_with(c, &end) {
                    self.state = State::TagName;
                    self.tag.insert(0, '/');
                }
            }
        }
    }

    fn in_tag_name(&mut self, c: char) {
        match c {
            '>' => self.end_tag(),
            '!' if self.tag.is_empty() => {
                self.recent.clear();
                self.state = State::Declaration;
            }
            c if c.is_whitespace() && self.tag.is_empty() => self.state = State::Text,
            c if c.is_whitespace() => self.state = State::BetweenAttributes,
            c => self.tag.extend(c.to_lowercase()),
        }
    }

    fn in_tag(&mut self, c: char) {
        match c {
            '>' => self.end_tag(),
            '=' => self.state = State::BeforeValue,
            c if c.is_whitespace() || c == '/' => self.state = State::BetweenAttributes,
            c => {
                if self.state == State::BetweenAttributes {
                    self.attribute.clear();
                }
                self.attribute.extend(c.to_lowercase());
                self.state = State::AttributeName;
            }
        }
    }

    fn in_declaration(&mut self, c: char) {
        if c == '>' {
            self.state = State::Text;
            return;
        }
        self.recent.push(c);
        // `<!--[if …]>` is a door into HTML for some programs; any other comment hides what it holds.
        if self.recent.starts_with("--")
            && self.recent.len() > 2
            && !"--[if".starts_with(self.recent.as_str())
        {
            let conditional = self.recent.starts_with("--[if");
            if !conditional {
                self.state = State::Comment;
            }
        }
    }

    fn end_tag(&mut self) {
        self.recent.clear();
        self.state = if matches!(self.tag.as_str(), "style" | "script") {
            State::Code
        } else {
            State::Text
        };
    }

    fn recent_ends_with(&mut self, c: char, end: &str) -> bool {
        self.recent.extend(c.to_lowercase());
        let found = self.recent.ends_with(end);
        if found || self.recent.len() > 64 {
            let keep = self
                .recent
                .char_indices()
                .rev()
                .nth(16)
                .map_or(0, |(at, _)| at);
            self.recent.drain(..keep);
        }
        found
    }
}

/// Follows plain text far enough to know whether an address has begun.
#[derive(Debug, Default)]
pub(super) struct AddressRun(String);

impl AddressRun {
    pub(super) fn feed(&mut self, text: &str) {
        let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '"');
        match text.rfind(ends) {
            Some(at) => {
                self.0.clear();
                self.0.push_str(&text[at..]);
            }
            None => self.0.push_str(text),
        }
    }

    pub(super) fn context(&self) -> Context {
        if self.0.contains("://") || self.0.contains("mailto:") {
            Context::TextAddressPart
        } else {
            Context::Text
        }
    }
}
