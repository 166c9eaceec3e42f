use super::*;

#[test]
fn good_addresses_are_kept_and_their_domain_is_normalized() {
    let table = [
        ("ann@example.org", "ann@example.org"),
        ("  Ann.Lee+news@Example.ORG ", "Ann.Lee+news@example.org"),
        ("o'brien@mail.example.co.uk", "o'brien@mail.example.co.uk"),
        ("team@bücher.example", "team@xn--bcher-kva.example"),
        ("root@localhost", "root@localhost"),
    ];
    for (given, expected) in table {
        assert_eq!(
            Address::parse(given).map(String::from),
            Ok(expected.to_owned()),
            "{given}"
        );
    }
}

#[test]
fn bad_addresses_say_what_is_wrong() {
    let long = format!("{}@example.org", "a".repeat(65));
    let table: [(&str, &str); 12] = [
        ("", "missing"),
        ("ann", "name@example.org"),
        ("ann@", "name@example.org"),
        ("@example.org", "name@example.org"),
        ("ann@b@example.org", "remove the character '@'"),
        ("ann lee@example.org", "remove the character ' '"),
        (
            "ann@example.org\r\nBcc: x@example.org",
            "remove the character '\\r'",
        ),
        ("a..b@example.org", "dot"),
        ("änn@example.org", "outside a–z"),
        ("ann@exa_mple.org", "domain"),
        ("ann@example..org", "domain"),
        (&long, "longer"),
    ];
    for (given, expected) in table {
        let error = Address::parse(given).expect_err(given).to_string();
        assert!(error.contains(expected), "{given:?}: {error}");
    }
}

#[test]
fn mailboxes_parse_in_the_forms_people_write() {
    let table = [
        ("ann@example.org", None),
        ("<ann@example.org>", None),
        ("Ann Lee <ann@example.org>", Some("Ann Lee")),
        (
            "\"Lee, Ann \\\"A\\\"\" <ann@example.org>",
            Some("Lee, Ann \"A\""),
        ),
        ("Ænn 李 <ann@example.org>", Some("Ænn 李")),
    ];
    for (given, name) in table {
        let mailbox = Mailbox::parse(given).expect(given);
        assert_eq!(mailbox.name(), name, "{given}");
        assert_eq!(mailbox.address().as_str(), "ann@example.org");
    }
    let smuggled = "Ann\r\nBcc: x@example.org <ann@example.org>";
    assert_eq!(Mailbox::parse(smuggled), Err(AddressError::ControlInName));
}
