//! Cursor pagination: lists are ordered by something unique, and a cursor is the last one seen.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::problem::Problem;

/// What a list request may say.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
    /// How many, 1 to 200; 50 when not given.
    pub limit: Option<i64>,
}

impl PageQuery {
    /// The limit within bounds.
    ///
    /// # Errors
    /// 400 when it is outside 1 to 200.
    pub fn limit(&self) -> Result<i64, Problem> {
        match self.limit {
            None => Ok(50),
            Some(n @ 1..=200) => Ok(n),
            Some(_) => Err(Problem::bad_request("invalid-limit")),
        }
    }

    /// The key after which the page starts.
    ///
    /// # Errors
    /// 400 when the cursor was not made by this server.
    pub fn after(&self) -> Result<Option<String>, Problem> {
        let Some(cursor) = &self.cursor else {
            return Ok(None);
        };
        let bad = || Problem::bad_request("invalid-cursor");
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| bad())?;
        let key = String::from_utf8(bytes).map_err(|_| bad())?;
        key.strip_prefix("c1:")
            .map(|k| Some(k.to_string()))
            .ok_or_else(bad)
    }
}

/// One page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// Give it back as `cursor` for the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

impl<T> Page<T> {
    /// From a load of `limit + 1` items: the extra one only tells that there is more. `key` is what the list is ordered by.
    pub fn cut(mut items: Vec<T>, limit: i64, key: impl Fn(&T) -> String) -> Self {
        let limit = limit as usize;
        let more = items.len() > limit;
        items.truncate(limit);
        let next_cursor = if more {
            items
                .last()
                .map(|i| URL_SAFE_NO_PAD.encode(format!("c1:{}", key(i))))
        } else {
            None
        };
        Self { items, next_cursor }
    }

    /// The same page with other items.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page {
            items: self.items.into_iter().map(f).collect(),
            next_cursor: self.next_cursor,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_on_from_the_last_item() {
        let page = Page::cut(vec!["a", "b", "c"], 2, |s| s.to_string());
        assert_eq!(page.items, ["a", "b"]);
        let next = PageQuery {
            cursor: page.next_cursor,
            limit: None,
        };
        assert_eq!(next.after().unwrap().as_deref(), Some("b"));
        assert!(
            Page::cut(vec!["a"], 2, |s| s.to_string())
                .next_cursor
                .is_none()
        );
        assert!(
            PageQuery {
                cursor: Some("!!".into()),
                limit: None
            }
            .after()
            .is_err()
        );
        assert!(
            PageQuery {
                cursor: None,
                limit: Some(0)
            }
            .limit()
            .is_err()
        );
    }
}
