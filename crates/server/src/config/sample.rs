/// A settings file with every key, its default and what it means.
pub fn sample() -> &'static str {
    r#"# Backbone's settings. Every one can also be given as a variable, BACKBONE_ + the key in capitals
# (BACKBONE_DATABASE_URL), and any as BACKBONE_<KEY>_FILE naming a file that holds the value.

# Where uploaded files, the embedded database and the generated secret are.
#data_dir = "data"

# sqlite:PATH (made when it is not there) or postgres://user:password@host/name (never made).
#database_url = "sqlite:data/backbone.db"

# Address and port to listen on. Put a TLS-terminating proxy in front of anything but loopback.
#listen = "127.0.0.1:8080"

# The address people type, without a final slash. It is in every link that is mailed.
#base_url = "https://backbone.example.org"

# The mail server: smtp://user:password@host:587?tls=required, smtps://host:465, or smtp://localhost:25.
# (?ca=/path/to/ca.pem adds a certificate authority of your own.)
# Without one, mail is written into <data_dir>/mail, and staff can read it in the browser.
#smtp_url = "smtp://localhost:25"
#mail_from = "Backbone <backbone@example.org>"

# Sign mail (DKIM): the key is a PEM file, RSA or Ed25519.
#dkim_domain = "example.org"
#dkim_selector = "backbone"
#dkim_key_file = "/etc/backbone/dkim.pem"

# At least 32 characters; signs links and tokens. Made and kept in <data_dir>/secret when not given.
# Nodes that share a PostgreSQL database must share it.
#secret = ""

# Log filter and format (text or json).
#log = "info"
#log_format = "text"

# Jobs at once in this process (0: only `backbone work` runs them), and database connections.
#workers = 4
#connections = 8

# The largest file that may be imported, in MB (1 to 4096); workbooks are read up to 25 MB.
#max_import_mb = 256

# Bearer token that /metrics asks for. Without one it answers to loopback only.
#metrics_token = ""
"#
}
