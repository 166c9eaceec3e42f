//! The address of a mail server: `smtp://user:password@host:587?tls=required`.

use std::{fmt, path::PathBuf, str::FromStr};

use percent_encoding::percent_decode_str;

/// Why a text is not the address of a mail server. Each message says what to change, and none shows the password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// Another scheme, or none.
    #[error("a mail server address begins with smtp:// or smtps://")]
    Scheme,
    /// Nothing where the host belongs.
    #[error("the mail server address names no host: write smtp://host:port")]
    Host,
    /// The port is not a number from 1 to 65535.
    #[error("the port of the mail server address must be a number from 1 to 65535, not “{0}”")]
    Port(String),
    /// Something behind the port.
    #[error(
        "the mail server address may not have a path: end it after the port, or go on with ?tls=…"
    )]
    Path,
    /// A parameter that is not known.
    #[error("“{0}” is not a parameter of a mail server address: use tls, ca or helo")]
    Parameter(String),
    /// A value that `tls` does not take.
    #[error(
        "tls={0} is not known: use none, opportunistic or required (certificates are always checked)"
    )]
    Tls(String),
    /// `smtps://` speaks TLS from the first byte on.
    #[error("smtps:// always speaks TLS: leave out tls=…, or write smtp://")]
    TlsTwice,
    /// A password without a user or a user without a password.
    #[error(
        "signing in to the mail server needs both: smtp://user:password@host (write @ : / ? # % in them as %40 %3A %2F %3F %23 %25)"
    )]
    Credentials,
    /// The password would cross the network readable.
    #[error("the password would be sent unencrypted: use smtps://, or tls=required")]
    PasswordInClear,
    /// Percent signs that do not make text.
    #[error("the mail server address has %-escapes that are not UTF-8 text")]
    Escapes,
}

/// When the connection is encrypted. A certificate is checked in every case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsMode {
    /// Never.
    None,
    /// STARTTLS when the server offers it.
    Opportunistic,
    /// STARTTLS, or no mail is sent.
    Required,
    /// From the first byte on (`smtps://`).
    Implicit,
}

/// Where a mail server is and how to speak with it. Neither `Debug` nor `Display` show the password.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl {
    /// Name or address; an IPv6 address without brackets.
    pub host: String,
    /// 25 or 587 for `smtp://` (587 with a password), 465 for `smtps://`, unless given.
    pub port: u16,
    /// Encryption.
    pub tls: TlsMode,
    /// User and password.
    pub credentials: Option<(String, String)>,
    /// A file of further certificate authorities, PEM.
    pub extra_ca: Option<PathBuf>,
    /// The name to greet with; without one, the address of the local end.
    pub helo: Option<String>,
}

impl SmtpUrl {
    /// Parses `smtp[s]://[user:password@]host[:port][?tls=none|opportunistic|required][&ca=file][&helo=name]`.
    ///
    /// Without `tls=`, a password makes TLS required, except on the same machine.
    ///
    /// # Errors
    /// A [`UrlError`] that says what to change.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let (scheme, rest) = text.trim().split_once("://").ok_or(UrlError::Scheme)?;
        let implicit = match scheme.to_ascii_lowercase().as_str() {
            "smtp" => false,
            "smtps" => true,
            _ => return Err(UrlError::Scheme),
        };
        let (authority, query) = rest.split_once('?').unwrap_or((rest, ""));
        let authority = authority.strip_suffix('/').unwrap_or(authority);
        let (user, place) = match authority.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, authority),
        };
        let credentials = user.map(parse_credentials).transpose()?;
        let (host, port) = parse_place(place)?;
        let parameters = Parameters::parse(query)?;
        let local = host == "localhost"
            || host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|ip| ip.is_loopback());
        let tls = match (implicit, parameters.tls) {
            (true, None) => TlsMode::Implicit,
            (true, Some(_)) => return Err(UrlError::TlsTwice),
            (false, Some(mode)) => mode,
            (false, None) if credentials.is_some() && !local => TlsMode::Required,
            (false, None) => TlsMode::None,
        };
        if credentials.is_some() && !local && matches!(tls, TlsMode::None | TlsMode::Opportunistic)
        {
            return Err(UrlError::PasswordInClear);
        }
        let usual = if implicit {
            465
        } else if credentials.is_some() {
            587
        } else {
            25
        };
        Ok(Self {
            host,
            port: port.unwrap_or(usual),
            tls,
            credentials,
            extra_ca: parameters.extra_ca,
            helo: parameters.helo,
        })
    }
}

fn decode(text: &str) -> Result<String, UrlError> {
    let decoded = percent_decode_str(text)
        .decode_utf8()
        .map_err(|_| UrlError::Escapes)?;
    if decoded.chars().any(char::is_control) {
        return Err(UrlError::Escapes);
    }
    Ok(decoded.into_owned())
}

fn parse_credentials(text: &str) -> Result<(String, String), UrlError> {
    let (user, password) = text.split_once(':').ok_or(UrlError::Credentials)?;
    if user.is_empty() || password.is_empty() {
        return Err(UrlError::Credentials);
    }
    Ok((decode(user)?, decode(password)?))
}

fn parse_place(place: &str) -> Result<(String, Option<u16>), UrlError> {
    if place.contains('/') {
        return Err(UrlError::Path);
    }
    let (host, port) = match place
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        Some((host, "")) => (host, None),
        Some((host, port)) => (
            host,
            Some(
                port.strip_prefix(':')
                    .ok_or_else(|| UrlError::Port(port.to_owned()))?,
            ),
        ),
        None => match place.rsplit_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (place, None),
        },
    };
    if host.is_empty() || host.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(UrlError::Host);
    }
    let number = |port: &str| match port.parse::<u16>() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(UrlError::Port(port.to_owned())),
    };
    Ok((host.to_owned(), port.map(number).transpose()?))
}

#[derive(Default)]
struct Parameters {
    tls: Option<TlsMode>,
    extra_ca: Option<PathBuf>,
    helo: Option<String>,
}

impl Parameters {
    fn parse(query: &str) -> Result<Self, UrlError> {
        let mut parameters = Self::default();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decode(value)?;
            match name {
                "tls" => {
                    parameters.tls = Some(match value.as_str() {
                        "none" => TlsMode::None,
                        "opportunistic" => TlsMode::Opportunistic,
                        "required" | "starttls" => TlsMode::Required,
                        _ => return Err(UrlError::Tls(value)),
                    });
                }
                "ca" if !value.is_empty() => parameters.extra_ca = Some(PathBuf::from(value)),
                "helo" if !value.is_empty() && !value.contains(' ') => {
                    parameters.helo = Some(value)
                }
                _ => return Err(UrlError::Parameter(name.to_owned())),
            }
        }
        Ok(parameters)
    }
}

impl FromStr for SmtpUrl {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl fmt::Display for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, tls) = match self.tls {
            TlsMode::Implicit => ("smtps", ""),
            TlsMode::None => ("smtp", ""),
            TlsMode::Opportunistic => ("smtp", "?tls=opportunistic"),
            TlsMode::Required => ("smtp", "?tls=required"),
        };
        write!(f, "{scheme}://")?;
        if let Some((user, _)) = &self.credentials {
            write!(f, "{user}:***@")?;
        }
        if self.host.contains(':') {
            write!(f, "[{}]", self.host)?
        } else {
            f.write_str(&self.host)?
        }
        write!(f, ":{}{tls}", self.port)
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmtpUrl({self})")
    }
}

#[cfg(test)]
mod tests;
