//! Certificates and handshakes. A certificate is always checked against the system's authorities and the extra ones.

use std::{path::Path, sync::Arc};

use rustls_pki_types::{CertificateDer, ServerName, pem::PemObject as _};
use tokio::net::TcpStream;
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{ClientConfig, RootCertStore, crypto::ring},
};

use super::SmtpError;

/// What every connection to one server shares: reading the system's certificates takes a while.
#[derive(Clone)]
pub(super) struct Tls(Arc<ClientConfig>);

impl Tls {
    /// For connections that never speak TLS: no certificate is read.
    pub(super) fn without_system() -> Result<Self, SmtpError> {
        Self::with_roots(RootCertStore::empty())
    }

    pub(super) fn load(extra_ca: Option<&Path>) -> Result<Self, SmtpError> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if roots.is_empty() {
            // A minimal container has no certificate store of its own.
            roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        }
        if let Some(path) = extra_ca {
            add_file(&mut roots, path)?;
        }
        Self::with_roots(roots)
    }

    fn with_roots(roots: RootCertStore) -> Result<Self, SmtpError> {
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| SmtpError::Tls(error.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self(Arc::new(config)))
    }

    pub(super) async fn handshake(
        &self,
        host: &str,
        stream: TcpStream,
    ) -> Result<Box<TlsStream<TcpStream>>, SmtpError> {
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| SmtpError::Tls(format!("no certificate can be for the name “{host}”")))?;
        let stream = TlsConnector::from(Arc::clone(&self.0))
            .connect(name, stream)
            .await;
        Ok(Box::new(
            stream.map_err(|error| SmtpError::Tls(error.to_string()))?,
        ))
    }
}

fn add_file(roots: &mut RootCertStore, path: &Path) -> Result<(), SmtpError> {
    let say = |what: String| {
        SmtpError::Tls(format!(
            "the file of certificate authorities {}: {what}",
            path.display()
        ))
    };
    let certificates =
        CertificateDer::pem_file_iter(path).map_err(|error| say(error.to_string()))?;
    let mut count = 0;
    for certificate in certificates {
        let certificate = certificate.map_err(|error| say(error.to_string()))?;
        roots
            .add(certificate)
            .map_err(|error| say(error.to_string()))?;
        count += 1;
    }
    if count == 0 {
        Err(say("holds no certificate".to_owned()))
    } else {
        Ok(())
    }
}
