use super::*;
use crate::period::Reading;

fn fields() -> Vec<Field> {
    vec![
        Field::required("period", &["year", "date", "jaar", "receive date"]),
        Field::required("value", &["amount", "total amount", "waarde"]),
        Field::optional("note", &["comment", "opmerking"]),
    ]
}

fn wide() -> Wide {
    Wide {
        period: "period".into(),
        value: "value".into(),
    }
}

fn proposed(headers: &[&str], rows: &[&[&str]]) -> Proposal {
    let headers: Vec<String> = headers.iter().map(|h| (*h).to_owned()).collect();
    propose(
        &headers,
        &fields(),
        Some(&wide()),
        &Reading::default(),
        |column| rows.iter().filter_map(move |row| row.get(column).copied()),
    )
}

fn uses(proposal: &Proposal) -> Vec<String> {
    let name = |used: &Use| match used {
        Use::Field { field } => field.clone(),
        other => format!("{other:?}"),
    };
    proposal
        .mapping
        .columns
        .iter()
        .map(|column| name(&column.used))
        .collect()
}

#[test]
fn columns_find_their_fields() {
    for (headers, row, expected, unknown, missing) in [
        (
            &["Year", "Sex", "GeoCode", "Value"][..],
            &["2000", "Male", "12", "7.1"][..],
            &["period", "Dimension", "Ignore", "value"][..],
            &["Sex", "GeoCode"][..],
            &[][..],
        ),
        (
            &["Total Amount", "Receive Date"],
            &["65", "2008-09-20"],
            &["value", "period"],
            &[],
            &[],
        ),
        (
            &["VALUE", "value"],
            &["1", "2"],
            &["Ignore", "value"],
            &["VALUE"],
            &["period"],
        ),
        (
            &["jaar", "Waarden", "Opmerkingen"],
            &["2020", "1", "x"],
            &["period", "value", "note"],
            &[],
            &[],
        ),
        (
            &["Country", "2018", "2019", "2020"],
            &["Aruba", "1", "", "3"],
            &["Dimension", "PeriodColumn", "PeriodColumn", "PeriodColumn"],
            &["Country"],
            &[],
        ),
    ] {
        let proposal = proposed(headers, &[row]);
        assert_eq!(uses(&proposal), expected, "{headers:?}");
        assert_eq!(proposal.unknown, unknown, "{headers:?}");
        assert_eq!(proposal.missing, missing, "{headers:?}");
    }
}

#[test]
fn how_a_column_was_found_is_said() {
    let proposal = proposed(&["value", "Year", "Opmerkingen"], &[]);
    let found: Vec<_> = proposal
        .matches
        .iter()
        .map(|(h, m)| (h.as_str(), *m))
        .collect();
    assert_eq!(
        found,
        [
            ("value", Match::Exact),
            ("Year", Match::Synonym),
            ("Opmerkingen", Match::Similar)
        ]
    );
}

#[test]
fn a_stored_mapping_fits_the_next_file_in_any_order() {
    let mapping = proposed(&["Year", "Sex", "Value"], &[&["2000", "Male", "1"]]).mapping;
    let stored = serde_json::to_string(&mapping).unwrap();
    let mapping: Mapping = serde_json::from_str(&stored).unwrap();

    let headers = ["VALUE", "sex", "Extra", "year"].map(str::to_owned);
    let bound = mapping.bind(&headers).unwrap();
    assert_eq!(bound.new_columns(), ["Extra"]);
    let row = [" 7.5 ", "Female", "?", "2001"];
    let entries = bound.entries(|at| row.get(at).copied());
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].get("value"), Some("7.5"));
    assert_eq!(entries[0].get("period"), Some("2001"));
    assert_eq!(entries[0].get("note"), None);
    assert_eq!(
        entries[0].dimensions().collect::<Vec<_>>(),
        [("Sex", "Female")]
    );

    let lacking = mapping.bind(&["Year".to_owned()]).unwrap_err();
    assert_eq!(
        lacking,
        MappingError::MissingColumns(vec!["Sex".into(), "Value".into()])
    );
}

#[test]
fn a_wide_row_gives_an_entry_for_each_period() {
    let headers = ["Country", "2018", "2019", "2020"];
    let mapping = proposed(&headers, &[&["Aruba", "1", "", "3"]]).mapping;
    let bound = mapping.bind(&headers.map(str::to_owned)).unwrap();
    let row = ["Aruba", "1", "", "3"];
    let told: Vec<_> = bound
        .entries(|at| row.get(at).copied())
        .iter()
        .map(|entry| (entry.get("period").unwrap(), entry.get("value").unwrap()))
        .collect();
    assert_eq!(told, [("2018", "1"), ("2019", ""), ("2020", "3")]);
}

#[test]
fn a_mapping_that_contradicts_itself_is_refused() {
    let column = |header: &str, used: Use| Column {
        header: header.into(),
        used,
    };
    let value = || Use::Field {
        field: "value".into(),
    };
    let headers = ["a".to_owned(), "b".to_owned()];
    let twice = Mapping {
        columns: vec![column("a", value()), column("b", value())],
        wide: None,
    };
    assert_eq!(
        twice.bind(&headers).unwrap_err(),
        MappingError::FieldTwice("value".into())
    );
    let unsaid = Mapping {
        columns: vec![column("a", Use::PeriodColumn)],
        wide: None,
    };
    assert_eq!(unsaid.bind(&headers).unwrap_err(), MappingError::WideUnsaid);
}
