use super::*;

#[test]
fn good_addresses() {
    let table = [
        ("smtp://localhost", "smtp://localhost:25"),
        (
            "smtp://mail.example.org:2525/",
            "smtp://mail.example.org:2525",
        ),
        ("SMTPS://mail.example.org", "smtps://mail.example.org:465"),
        (
            "smtp://u%40x:p%3A%2F@mail.example.org",
            "smtp://u@x:***@mail.example.org:587?tls=required",
        ),
        ("smtp://u:p@127.0.0.1:25", "smtp://u:***@127.0.0.1:25"),
        (
            "smtp://[::1]:25?tls=opportunistic",
            "smtp://[::1]:25?tls=opportunistic",
        ),
        (
            "smtp://h?tls=starttls&ca=/etc/ca.pem&helo=me.example.org",
            "smtp://h:25?tls=required",
        ),
    ];
    for (given, shown) in table {
        let url = SmtpUrl::parse(given).expect(given);
        assert_eq!(url.to_string(), shown, "{given}");
    }
    let url = SmtpUrl::parse("smtps://u:p%40ss@h?ca=/a%20b.pem").expect("url");
    assert_eq!(url.credentials, Some(("u".to_owned(), "p@ss".to_owned())));
    assert_eq!(url.extra_ca, Some(PathBuf::from("/a b.pem")));
    assert!(!format!("{url:?} {url}").contains("p@ss"));
}

#[test]
fn bad_addresses_say_what_to_change() {
    let table = [
        ("", UrlError::Scheme),
        ("mail.example.org:25", UrlError::Scheme),
        ("http://mail.example.org", UrlError::Scheme),
        ("smtp://", UrlError::Host),
        ("smtp://:25", UrlError::Host),
        ("smtp://h:0", UrlError::Port("0".into())),
        ("smtp://h:mail", UrlError::Port("mail".into())),
        ("smtp://h/path", UrlError::Path),
        ("smtp://user@h", UrlError::Credentials),
        ("smtp://user:@h", UrlError::Credentials),
        ("smtp://u:p@h?tls=none", UrlError::PasswordInClear),
        ("smtp://u:p@h?tls=opportunistic", UrlError::PasswordInClear),
        ("smtp://h?tls=insecure", UrlError::Tls("insecure".into())),
        ("smtps://h?tls=required", UrlError::TlsTwice),
        ("smtp://h?colour=red", UrlError::Parameter("colour".into())),
        ("smtp://h?helo=a%0d%0ab", UrlError::Escapes),
    ];
    for (given, expected) in table {
        assert_eq!(SmtpUrl::parse(given), Err(expected), "{given}");
    }
}
