//! AUTH PLAIN and AUTH LOGIN.

use base64::{Engine as _, engine::general_purpose::STANDARD};

use super::{Talk, Then};

impl Talk {
    pub(super) fn auth(&mut self, rest: &str) -> Then {
        match rest.split_once(' ') {
            Some(("PLAIN", token)) => {
                let given = STANDARD.decode(token).unwrap_or_default();
                let expected = self
                    .script
                    .auth
                    .as_ref()
                    .map(|(user, word)| format!("\0{user}\0{word}").into_bytes());
                self.signed_in = expected == Some(given);
                self.say_signed_in();
            }
            None if rest == "LOGIN" => {
                self.say(334, "VXNlcm5hbWU6");
                self.login = Some(Vec::new());
            }
            _ => self.say(504, "5.5.4 not known here"),
        }
        Then::Continue
    }

    pub(super) fn go_on_with_login(&mut self, mut words: Vec<String>, line: &str) -> Then {
        words
            .push(String::from_utf8(STANDARD.decode(line).unwrap_or_default()).unwrap_or_default());
        if let [user, password] = words.as_slice() {
            self.signed_in = self
                .script
                .auth
                .as_ref()
                .is_some_and(|(u, p)| u == user && p == password);
            self.say_signed_in();
        } else {
            self.say(334, "UGFzc3dvcmQ6");
            self.login = Some(words);
        }
        Then::Continue
    }

    fn say_signed_in(&mut self) {
        if self.signed_in {
            self.say(235, "2.7.0 welcome")
        } else {
            self.say(535, "5.7.8 wrong user or password")
        }
    }
}
