//! One connection, from the greeting to being ready for mail.

use tokio::{net::TcpStream, time::timeout};

use super::{
    Options, Reply, SmtpError, SmtpUrl, Timeouts, TlsMode, auth,
    tls::Tls,
    wire::{Stream, Wire},
};

/// What a server offers in its answer to EHLO.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Offers {
    pub(super) pipelining: bool,
    pub(super) eight_bit: bool,
    pub(super) starttls: bool,
    /// The largest message in bytes; `None` when the server names none.
    pub(super) size: Option<u64>,
    pub(super) names_size: bool,
    /// Ways to sign in, upper case.
    pub(super) auth: Vec<String>,
}

impl Offers {
    fn parse(reply: &Reply) -> Self {
        let mut offers = Self::default();
        for line in reply.text.lines().skip(1) {
            let line = line.to_ascii_uppercase();
            let mut words = line.split([' ', '=']).filter(|word| !word.is_empty());
            match words.next() {
                Some("PIPELINING") => offers.pipelining = true,
                Some("8BITMIME") => offers.eight_bit = true,
                Some("STARTTLS") => offers.starttls = true,
                Some("SIZE") => {
                    offers.names_size = true;
                    offers.size = words
                        .next()
                        .and_then(|size| size.parse().ok())
                        .filter(|size| *size > 0);
                }
                Some("AUTH") => offers.auth.extend(words.map(str::to_owned)),
                _ => {}
            }
        }
        offers
    }
}

/// A connection that is ready for mail.
pub(super) struct Connection {
    pub(super) wire: Wire,
    pub(super) timeouts: Timeouts,
    offers: Offers,
    helo: String,
}

impl Connection {
    /// Connects, encrypts, greets and signs in, as the address asks for.
    pub(super) async fn open(
        url: &SmtpUrl,
        options: &Options,
        tls: &Tls,
    ) -> Result<Self, SmtpError> {
        let tcp = timeout(
            options.timeouts.connect,
            TcpStream::connect((url.host.as_str(), url.port)),
        )
        .await
        .map_err(|_| SmtpError::Timeout("connecting"))?
        .map_err(SmtpError::Connect)?;
        // Without this, a body and the final dot that leave in two pieces wait for each other's acknowledgement.
        tcp.set_nodelay(true).map_err(SmtpError::Connect)?;
        let helo = url.helo.clone().unwrap_or_else(|| local_name(&tcp));
        let stream = match url.tls {
            TlsMode::Implicit => encrypt(tcp, url, options, tls).await?,
            _ => Stream::Plain(tcp),
        };
        let mut connection = Self {
            wire: Wire::new(stream),
            timeouts: options.timeouts,
            offers: Offers::default(),
            helo,
        };
        let greeting = connection.reply("the greeting").await?;
        if !greeting.is_positive() {
            return Err(SmtpError::Refused(greeting));
        }
        connection.hello().await?;
        if wants_starttls(url.tls, &connection.offers)? {
            connection = connection.upgrade(url, options, tls).await?;
        }
        if let Some((user, password)) = &url.credentials {
            auth::sign_in(&mut connection, user, password).await?;
        }
        Ok(connection)
    }

    pub(super) fn offers(&self) -> &Offers {
        &self.offers
    }

    /// Sends one command and reads its answer.
    pub(super) async fn command(
        &mut self,
        line: &str,
        what: &'static str,
    ) -> Result<Reply, SmtpError> {
        self.wire
            .write(line.as_bytes(), self.timeouts.command)
            .await
            .map_err(|broken| broken.error)?;
        self.reply(what).await
    }

    /// Reads one answer. A 421 ends the session wherever it comes.
    pub(super) async fn reply(&mut self, what: &'static str) -> Result<Reply, SmtpError> {
        let reply = self.wire.reply(self.timeouts.command, what).await?;
        if reply.code == 421 {
            Err(SmtpError::Closed(Some(reply)))
        } else {
            Ok(reply)
        }
    }

    async fn hello(&mut self) -> Result<(), SmtpError> {
        let reply = self
            .command(&format!("EHLO {}\r\n", self.helo), "the answer to EHLO")
            .await?;
        if reply.is_positive() {
            self.offers = Offers::parse(&reply);
            return Ok(());
        }
        let reply = self
            .command(&format!("HELO {}\r\n", self.helo), "the answer to HELO")
            .await?;
        if reply.is_positive() {
            Ok(())
        } else {
            Err(SmtpError::Refused(reply))
        }
    }

    async fn upgrade(
        mut self,
        url: &SmtpUrl,
        options: &Options,
        tls: &Tls,
    ) -> Result<Self, SmtpError> {
        let reply = self
            .command("STARTTLS\r\n", "the answer to STARTTLS")
            .await?;
        if !reply.is_positive() {
            return Err(SmtpError::Refused(reply));
        }
        let stream = encrypt(self.wire.into_tcp()?, url, options, tls).await?;
        // What was offered before the handshake could have been written by anyone: ask again.
        let mut connection = Self {
            wire: Wire::new(stream),
            timeouts: self.timeouts,
            offers: Offers::default(),
            helo: self.helo,
        };
        connection.hello().await?;
        Ok(connection)
    }
}

fn wants_starttls(mode: TlsMode, offers: &Offers) -> Result<bool, SmtpError> {
    match mode {
        TlsMode::None | TlsMode::Implicit => Ok(false),
        TlsMode::Opportunistic => Ok(offers.starttls),
        TlsMode::Required if offers.starttls => Ok(true),
        TlsMode::Required => Err(SmtpError::NoTls),
    }
}

async fn encrypt(
    tcp: TcpStream,
    url: &SmtpUrl,
    options: &Options,
    tls: &Tls,
) -> Result<Stream, SmtpError> {
    let handshake = timeout(options.timeouts.command, tls.handshake(&url.host, tcp)).await;
    Ok(Stream::Tls(
        handshake.map_err(|_| SmtpError::Timeout("the TLS handshake"))??,
    ))
}

/// An address literal (RFC 5321 4.1.3), which is what a client without a name of its own greets with.
fn local_name(tcp: &TcpStream) -> String {
    match tcp.local_addr().map(|address| address.ip()) {
        Ok(std::net::IpAddr::V4(ip)) => format!("[{ip}]"),
        Ok(std::net::IpAddr::V6(ip)) => format!("[IPv6:{ip}]"),
        Err(_) => "[127.0.0.1]".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offers_are_read_in_the_forms_servers_use() {
        let text = "mx.example.org\nPIPELINING\nsize 1000\n8BITMIME\nSTARTTLS\nAUTH PLAIN login\nAUTH=XOAUTH2";
        let offers = Offers::parse(&Reply {
            code: 250,
            enhanced: None,
            text: text.to_owned(),
        });
        assert!(offers.pipelining && offers.eight_bit && offers.starttls && offers.names_size);
        assert_eq!(offers.size, Some(1000));
        assert_eq!(offers.auth, ["PLAIN", "LOGIN", "XOAUTH2"]);
        let none = Offers::parse(&Reply {
            code: 250,
            enhanced: None,
            text: "mx\nSIZE 0".to_owned(),
        });
        assert_eq!(
            (none.size, none.names_size, none.pipelining),
            (None, true, false)
        );
    }
}
