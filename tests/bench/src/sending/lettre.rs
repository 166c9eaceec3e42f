//! lettre's connection, kept open as its pool keeps it: asked with NOOP whether it lives, then one message.
//!
//! The pool itself is a feature that the server does not build; what it does for each message is done here by hand.

use std::net::SocketAddr;

use backbone_mail::compile::Compiled;
use lettre::address::Envelope;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::extension::ClientId;
use tokio::net::TcpStream;

use super::message;

pub async fn send(
    address: SocketAddr,
    nodelay: bool,
    campaign: &Compiled,
    mine: impl Iterator<Item = usize>,
) {
    let name = ClientId::Domain("bench.example.org".into());
    let connected = if nodelay {
        let stream = TcpStream::connect(address).await.expect("connected");
        stream.set_nodelay(true).expect("set");
        AsyncSmtpConnection::connect_with_transport(Box::new(stream), &name).await
    } else {
        AsyncSmtpConnection::connect_tokio1(address, None, &name, None, None).await
    };
    let mut connection = connected.expect("greeted");
    for n in mine {
        let raw = message(campaign, n);
        let from = raw.envelope_from.as_ref().expect("a sender").as_str();
        let to = raw.envelope_to.as_str();
        let envelope = Envelope::new(
            Some(from.parse().expect("an address")),
            vec![to.parse().expect("an address")],
        )
        .expect("an envelope");
        assert!(connection.test_connected().await, "the sink stays");
        let sent = connection.send(&envelope, &raw.bytes);
        assert!(sent.await.expect("sent").is_positive());
    }
    connection.quit().await.expect("ended");
}
