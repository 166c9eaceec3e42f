//! One connection of a sink.

mod body;
mod sign_in;

use std::{io, sync::Arc};

use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _},
    net::TcpStream,
    sync::watch,
};
use tokio_rustls::TlsAcceptor;

use super::{Script, Slip, Store};

trait Both: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Both for T {}

pub(super) async fn serve(
    stream: TcpStream,
    script: Arc<Script>,
    store: Arc<Store>,
    mut ended: watch::Receiver<Arc<Script>>,
) {
    let talk = async {
        stream.set_nodelay(true)?;
        Talk::new(script, store).run(Box::new(stream)).await
    };
    // A broken connection is what many scripts ask for; the sink's counts tell the rest.
    tokio::select! {
        _ = talk => {}
        () = async { while ended.changed().await.is_ok() {} } => {}
    }
}

/// What comes after a command.
enum Then {
    Continue,
    Body,
    Upgrade,
    Close,
}

struct Talk {
    script: Arc<Script>,
    store: Arc<Store>,
    number: usize,
    input: Vec<u8>,
    taken: usize,
    output: Vec<u8>,
    encrypted: bool,
    signed_in: bool,
    from: Option<String>,
    to: Vec<String>,
    refused: bool,
    messages: usize,
    login: Option<Vec<String>>,
}

impl Talk {
    fn new(script: Arc<Script>, store: Arc<Store>) -> Self {
        let number = store.totals().connections;
        Self {
            signed_in: script.auth.is_none(),
            script,
            store,
            number,
            input: Vec::with_capacity(16 * 1024),
            taken: 0,
            output: Vec::new(),
            encrypted: false,
            from: None,
            to: Vec::new(),
            refused: false,
            messages: 0,
            login: None,
        }
    }

    async fn run(mut self, mut stream: Box<dyn Both>) -> io::Result<()> {
        if self.script.implicit_tls {
            stream = self.encrypt(stream).await?;
        }
        match self.script.greeting.clone() {
            Some(greeting) => self.say(greeting.code, &greeting.text),
            None => self.say(220, "sink.example.org ESMTP"),
        }
        loop {
            let Some(line) = self.line(&mut stream).await? else {
                return Ok(());
            };
            match self.command(&line) {
                Then::Continue => {}
                Then::Close => return self.flush(&mut stream).await,
                Then::Body => {
                    self.flush(&mut stream).await?;
                    if !self.body(&mut stream).await? {
                        return Ok(());
                    }
                }
                Then::Upgrade => {
                    self.flush(&mut stream).await?;
                    self.input.clear();
                    self.taken = 0;
                    stream = self.encrypt(stream).await?;
                }
            }
        }
    }

    async fn encrypt(&mut self, stream: Box<dyn Both>) -> io::Result<Box<dyn Both>> {
        let Some(config) = self.script.tls.clone() else {
            return Err(io::Error::other("the script has no certificate"));
        };
        self.encrypted = true;
        Ok(Box::new(TlsAcceptor::from(config).accept(stream).await?))
    }

    fn say(&mut self, code: u16, text: &str) {
        self.output
            .extend_from_slice(format!("{code} {text}\r\n").as_bytes());
    }

    async fn flush(&mut self, stream: &mut Box<dyn Both>) -> io::Result<()> {
        if self.output.is_empty() {
            return Ok(());
        }
        if !self.script.delay.is_zero() {
            tokio::time::sleep(self.script.delay).await;
        }
        self.store.count_answer();
        stream.write_all(&self.output).await?;
        stream.flush().await?;
        self.output.clear();
        Ok(())
    }

    /// Answers what is waiting, then reads more. `false` at the end of the stream.
    async fn fill(&mut self, stream: &mut Box<dyn Both>) -> io::Result<bool> {
        self.flush(stream).await?;
        if self.taken > 0 {
            self.input.drain(..self.taken);
            self.taken = 0;
        }
        Ok(stream.read_buf(&mut self.input).await? > 0)
    }

    async fn line(&mut self, stream: &mut Box<dyn Both>) -> io::Result<Option<String>> {
        loop {
            let rest = &self.input[self.taken..];
            if let Some(end) = rest.iter().position(|b| *b == b'\n') {
                let line = String::from_utf8_lossy(&rest[..end]).trim_end().to_owned();
                self.taken += end + 1;
                return Ok(Some(line));
            }
            if !self.fill(stream).await? {
                return Ok(None);
            }
        }
    }

    fn command(&mut self, line: &str) -> Then {
        if let Some(words) = self.login.take() {
            return self.go_on_with_login(words, line);
        }
        let (verb, rest) = line.split_once([' ', ':']).unwrap_or((line, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" => self.hello(),
            "HELO" => self.say(250, "sink.example.org"),
            "STARTTLS" if self.script.tls.is_some() && !self.encrypted => {
                self.say(220, "2.0.0 go ahead");
                return Then::Upgrade;
            }
            "AUTH" => return self.auth(rest),
            "MAIL" if !self.signed_in => self.say(530, "5.7.0 sign in first"),
            "MAIL" => return self.mail(rest),
            "RCPT" => self.rcpt(rest),
            "DATA" => return self.data(),
            "RSET" => {
                self.reset();
                self.say(250, "2.0.0 forgotten");
            }
            "NOOP" => self.say(250, "2.0.0 ok"),
            "QUIT" => {
                self.say(221, "2.0.0 bye");
                return Then::Close;
            }
            _ => self.say(502, "5.5.2 not known here"),
        }
        Then::Continue
    }

    fn hello(&mut self) {
        let mut lines = vec![
            "sink.example.org".to_owned(),
            "ENHANCEDSTATUSCODES".to_owned(),
        ];
        if self.script.pipelining {
            lines.push("PIPELINING".to_owned());
        }
        if self.script.eight_bit {
            lines.push("8BITMIME".to_owned());
        }
        if let Some(size) = self.script.size {
            lines.push(format!("SIZE {size}"));
        }
        if self.script.tls.is_some() && !self.encrypted {
            lines.push("STARTTLS".to_owned());
        }
        if self.script.auth.is_some() {
            lines.push(format!("AUTH {}", self.script.auth_ways.join(" ")));
        }
        let last = lines.len() - 1;
        for (index, line) in lines.iter().enumerate() {
            let mark = if index == last { ' ' } else { '-' };
            self.output
                .extend_from_slice(format!("250{mark}{line}\r\n").as_bytes());
        }
    }

    fn mail(&mut self, rest: &str) -> Then {
        if self.script.slip == Some(Slip::CloseAfter(self.messages)) && self.messages > 0 {
            self.say(421, "4.7.0 enough for one connection");
            return Then::Close;
        }
        if self.from.is_some() {
            self.say(503, "5.5.1 nested MAIL");
            return Then::Continue;
        }
        let size = rest
            .split(' ')
            .find_map(|word| word.strip_prefix("SIZE=")?.parse::<usize>().ok());
        if size
            .zip(self.script.size)
            .is_some_and(|(size, limit)| size > limit)
        {
            self.say(552, "5.3.4 too large");
        } else {
            self.from = Some(address_in(rest));
            self.say(250, "2.1.0 ok");
        }
        Then::Continue
    }

    fn rcpt(&mut self, rest: &str) {
        let to = address_in(rest);
        let Some(from) = &self.from else {
            return self.say(503, "5.5.1 MAIL first");
        };
        let greylisted = self.script.greylist && self.store.is_new_pair(from, &to);
        let refusal = match self.script.refuse.get(&to) {
            Some(refusal) => Some(refusal.clone()),
            None => greylisted.then(|| super::Refusal::new(451, "4.7.1 greylisted, come again")),
        };
        match refusal {
            Some(refusal) => {
                self.refused = true;
                self.store.count_refusal();
                self.say(refusal.code, &refusal.text);
            }
            None => {
                self.to.push(to);
                self.say(250, "2.1.5 ok");
            }
        }
    }

    fn data(&mut self) -> Then {
        if self.to.is_empty() && !(self.refused && self.script.open_after_refusal) {
            self.say(503, "5.5.1 no valid recipients");
            return Then::Continue;
        }
        self.say(354, "go ahead");
        Then::Body
    }

    fn reset(&mut self) {
        self.from = None;
        self.to.clear();
        self.refused = false;
    }
}

fn address_in(text: &str) -> String {
    let inner = text
        .split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'));
    inner.map_or_else(String::new, |(address, _)| address.to_owned())
}
