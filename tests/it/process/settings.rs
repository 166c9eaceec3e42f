//! The program says what is wrong with its settings, and starts on an empty folder without any.

use backbone_tests::TestDb;
use backbone_tests::process::Setup;

#[test]
fn wrong_settings_are_named_and_nothing_starts() {
    let database = TestDb::on_sqlite();
    let folder = tempfile::tempdir().unwrap();
    let setup = Setup::new(folder.path(), &database.setting());
    for (name, value, says) in [
        (
            "BACKBONE_DATABASE_URL",
            "mysql://localhost/x",
            "database_url",
        ),
        ("BACKBONE_LISTEN", "everywhere", "listen"),
        ("BACKBONE_BASE_URL", "backbone.example", "base_url"),
        ("BACKBONE_SMTP_URL", "mail.example", "smtp_url"),
        ("BACKBONE_SECRET", "short", "secret"),
        ("BACKBONE_UNHEARD_OF", "1", "BACKBONE_UNHEARD_OF"),
        ("BACKBONE_CONFIG", "/nonexistent.toml", "nonexistent.toml"),
    ] {
        for command in ["serve", "migrate"] {
            let ended = setup.clone().with(name, value).run(&[command]);
            let told = String::from_utf8_lossy(&ended.stderr).into_owned();
            assert_eq!(
                ended.status.code(),
                Some(2),
                "{command} with {name}={value}: {told}"
            );
            assert!(told.contains(says), "{command} with {name}={value}: {told}");
        }
    }
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        0,
        "nothing was made"
    );
    let unknown = setup.run(&["fly"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn a_database_that_cannot_be_reached_is_told_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let setup = Setup::new(folder.path(), "postgres://app:s3cret@127.0.0.1:1/none");
    let ended = setup.run(&["migrate"]);
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(1), "{told}");
    assert!(
        told.contains("127.0.0.1") && !told.contains("s3cret"),
        "{told}"
    );
}
