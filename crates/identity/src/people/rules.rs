//! Reading pasted addresses, and who may give which roles.

use crate::email;
use crate::role::Role;

/// Somebody to invite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitee {
    /// As typed, often empty.
    pub name: String,
    /// In its normal form.
    pub email: String,
}

/// At most so many in one go.
pub const MOST: usize = 200;

/// Reads one person a line: `name@example.org`, `Name <name@example.org>`, `Name, name@example.org` (comma, semicolon or tab, in
/// either order). Lines that hold no address come back in the second list, with their number from 1.
pub fn read_lines(text: &str) -> (Vec<Invitee>, Vec<(usize, String)>) {
    let mut read: Vec<Invitee> = Vec::new();
    let mut bad = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim().trim_end_matches([',', ';']);
        if line.is_empty() {
            continue;
        }
        // A line may hold several bare addresses, as mail programs copy them.
        let several: Vec<Invitee> = line.split([',', ';']).filter_map(bare).collect();
        let parts = line.split([',', ';']).count();
        let found = if several.len() == parts {
            several
        } else {
            one(line).into_iter().collect()
        };
        if found.is_empty() {
            bad.push((index + 1, line.to_string()));
        }
        for invitee in found {
            if !read.iter().any(|i| i.email == invitee.email) {
                read.push(invitee);
            }
        }
    }
    (read, bad)
}

fn bare(part: &str) -> Option<Invitee> {
    let part = part.trim();
    if let Some((name, rest)) = part.split_once('<') {
        let email = email::normal(rest.strip_suffix('>')?)?;
        return Some(Invitee {
            name: tidy(name),
            email,
        });
    }
    Some(Invitee {
        name: String::new(),
        email: email::normal(part)?,
    })
}

fn one(line: &str) -> Option<Invitee> {
    if let Some(invitee) = bare(line) {
        return Some(invitee);
    }
    let parts: Vec<&str> = line
        .split([',', ';', '\t'])
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect();
    let at = parts.iter().position(|p| email::normal(p).is_some())?;
    let email = email::normal(parts[at])?;
    let name = parts
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != at)
        .map(|(_, p)| *p);
    Some(Invitee {
        name: tidy(&name.collect::<Vec<_>>().join(" ")),
        email,
    })
}

fn tidy(name: &str) -> String {
    let name = name.trim().trim_matches(['"', '\'']).trim();
    name.chars().filter(|c| !c.is_control()).take(120).collect()
}

/// Whether somebody with `own` roles may turn `before` into `after`: only administrators make and unmake administrators.
pub fn may_give(own: &[Role], before: &[Role], after: &[Role]) -> bool {
    own.contains(&Role::Admin) || before.contains(&Role::Admin) == after.contains(&Role::Admin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_as_people_paste_them() {
        let text = "noor@oost.example\n\
            Sam Visser <Sam@West.example>\n\
            Ada Bos, ada@noord.example\n\
            kim@zuid.example;Kim\n\
            a@x.example; b@x.example,\n\
            \"Jan, de\" <jan@x.example>\n\
            not an address\n\
            \n\
            NOOR@oost.example";
        let (read, bad) = read_lines(text);
        let found: Vec<(&str, &str)> = read
            .iter()
            .map(|i| (i.name.as_str(), i.email.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("", "noor@oost.example"),
                ("Sam Visser", "sam@west.example"),
                ("Ada Bos", "ada@noord.example"),
                ("Kim", "kim@zuid.example"),
                ("", "a@x.example"),
                ("", "b@x.example"),
                ("Jan, de", "jan@x.example"),
            ]
        );
        assert_eq!(bad, [(7, "not an address".to_string())]);
    }

    #[test]
    fn only_administrators_make_and_unmake_administrators() {
        use Role::{Admin, Contributor, Staff};
        for (own, before, after, allowed) in [
            (&[Staff][..], &[][..], &[Contributor][..], true),
            (&[Staff], &[], &[Admin], false),
            (&[Staff], &[Admin], &[Staff], false),
            (&[Staff], &[Admin], &[Admin, Staff], true),
            (&[Admin], &[], &[Admin], true),
            (&[Admin], &[Admin], &[], true),
        ] {
            assert_eq!(
                may_give(own, before, after),
                allowed,
                "{own:?}: {before:?} → {after:?}"
            );
        }
    }
}
