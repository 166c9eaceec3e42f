//! Signing in: AUTH PLAIN (RFC 4616) where offered, else AUTH LOGIN.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{Reply, SmtpError, connection::Connection};

pub(super) async fn sign_in(
    connection: &mut Connection,
    user: &str,
    password: &str,
) -> Result<(), SmtpError> {
    let offered = connection.offers().auth.clone();
    let reply = if offered.iter().any(|way| way == "PLAIN") {
        let token = STANDARD.encode(format!("\0{user}\0{password}"));
        connection
            .command(&format!("AUTH PLAIN {token}\r\n"), "the answer to AUTH")
            .await?
    } else if offered.iter().any(|way| way == "LOGIN") {
        login(connection, user, password).await?
    } else {
        return Err(SmtpError::NoAuthentication);
    };
    if reply.code == 235 {
        Ok(())
    } else {
        Err(SmtpError::Authentication(reply))
    }
}

async fn login(
    connection: &mut Connection,
    user: &str,
    password: &str,
) -> Result<Reply, SmtpError> {
    let mut reply = connection
        .command("AUTH LOGIN\r\n", "the answer to AUTH")
        .await?;
    for word in [user, password] {
        if reply.code != 334 {
            break;
        }
        reply = connection
            .command(
                &format!("{}\r\n", STANDARD.encode(word)),
                "the answer to AUTH",
            )
            .await?;
    }
    Ok(reply)
}
