//! Email addresses as parsed values: what is wrong with one is said once, where it comes in.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The longest address that SMTP carries between the angle brackets (RFC 5321 4.5.3.1.3).
const LONGEST: usize = 254;
const LONGEST_LOCAL: usize = 64;

/// Why a text is not an email address that can be mailed to. Each message says what to change.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Nothing was given.
    #[error("an email address is missing")]
    Empty,
    /// There is no `@`, or one side of it is empty.
    #[error("“{0}” is not an email address: write it as name@example.org")]
    NoDomain(String),
    /// A character that cannot stand in an address.
    #[error("“{address}” is not an email address: remove the character {found:?}")]
    BadCharacter {
        /// The address as given, control characters made visible.
        address: String,
        /// The first character that cannot stand there.
        found: char,
    },
    /// Letters outside ASCII before the `@`, which most mail servers cannot deliver to.
    #[error("“{0}” has letters outside a–z before the @, which mail servers do not deliver to")]
    LocalNotAscii(String),
    /// The part behind `@` is not a domain name.
    #[error("“{0}” is not an email address: the part behind the @ is not a domain name")]
    BadDomain(String),
    /// Dots at an end of the name, or two in a row.
    #[error("“{0}” is not an email address: a dot may not begin, end or repeat before the @")]
    BadDots(String),
    /// Longer than mail servers accept.
    #[error("this email address is longer than mail servers accept ({LONGEST} characters)")]
    TooLong,
    /// A control character in a display name: the way headers are smuggled into a message.
    #[error("the name of a sender or recipient may not contain line breaks or control characters")]
    ControlInName,
}

/// An address that can be mailed to: `local@domain`, ASCII, the domain in lower case.
///
/// International domain names are turned into their ASCII form.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

impl Address {
    /// Parses `local@domain`, with surrounding blanks removed.
    ///
    /// # Errors
    /// An [`AddressError`] that says what to change.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressError::Empty);
        }
        if let Some(found) = text.chars().find(|c| is_forbidden(*c)) {
            let address = text.escape_debug().to_string();
            return Err(AddressError::BadCharacter { address, found });
        }
        let (local, domain) = text
            .rsplit_once('@')
            .filter(|(local, domain)| !local.is_empty() && !domain.is_empty())
            .ok_or_else(|| AddressError::NoDomain(text.to_owned()))?;
        check_local(text, local)?;
        let domain =
            ascii_domain(domain).ok_or_else(|| AddressError::BadDomain(text.to_owned()))?;
        if local.len() > LONGEST_LOCAL || local.len() + 1 + domain.len() > LONGEST {
            return Err(AddressError::TooLong);
        }
        Ok(Self(format!("{local}@{domain}")))
    }

    /// The whole address, `local@domain`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part behind the `@`, in ASCII and lower case.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

fn is_forbidden(c: char) -> bool {
    c.is_control() || c.is_whitespace() || "<>()[]\\,;:\"".contains(c)
}

fn check_local(text: &str, local: &str) -> Result<(), AddressError> {
    if let Some(found) = local.chars().find(|c| *c == '@') {
        return Err(AddressError::BadCharacter {
            address: text.to_owned(),
            found,
        });
    }
    if !local.is_ascii() {
        return Err(AddressError::LocalNotAscii(text.to_owned()));
    }
    if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        return Err(AddressError::BadDots(text.to_owned()));
    }
    Ok(())
}

fn ascii_domain(domain: &str) -> Option<String> {
    let ascii = idna::domain_to_ascii(domain).ok()?;
    let label_is_good = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    ascii.split('.').all(label_is_good).then_some(ascii)
}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for Address {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.0)
    }
}

/// An address with the name that mail programs show beside it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mailbox {
    name: Option<String>,
    address: Address,
}

impl Mailbox {
    /// A mailbox with a display name. Surrounding blanks go; an empty name counts as none.
    ///
    /// # Errors
    /// [`AddressError::ControlInName`] when the name holds line breaks or control characters.
    pub fn new(name: Option<&str>, address: Address) -> Result<Self, AddressError> {
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        if name.is_some_and(|name| name.chars().any(char::is_control)) {
            return Err(AddressError::ControlInName);
        }
        Ok(Self {
            name: name.map(str::to_owned),
            address,
        })
    }

    /// Parses `name@example.org`, `Name <name@example.org>` or `"Name, Jr." <name@example.org>`.
    ///
    /// # Errors
    /// An [`AddressError`] that says what to change.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        let Some(bare) = text.strip_suffix('>') else {
            return Self::new(None, Address::parse(text)?);
        };
        let Some((name, address)) = bare.rsplit_once('<') else {
            return Err(AddressError::BadCharacter {
                address: text.to_owned(),
                found: '>',
            });
        };
        Self::new(Some(&unquote(name.trim())), Address::parse(address)?)
    }

    /// The display name, if there is one.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The address alone.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }
}

fn unquote(name: &str) -> String {
    let inner = name
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inner.map_or_else(
        || name.to_owned(),
        |inner| inner.replace("\\\"", "\"").replace("\\\\", "\\"),
    )
}

impl From<Address> for Mailbox {
    fn from(address: Address) -> Self {
        Self {
            name: None,
            address,
        }
    }
}

impl FromStr for Mailbox {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for Mailbox {
    /// The mailbox as people write it; in messages it is encoded by the message module.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Some(name) => write!(f, "{name} <{}>", self.address),
            None => fmt::Display::fmt(&self.address, f),
        }
    }
}

#[cfg(test)]
mod tests;
