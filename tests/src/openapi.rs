//! The operations of the API, as the document lists them.

use serde_json::Value;

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Method in capitals.
    pub method: String,
    /// Path with its parameters in braces.
    pub path: String,
    /// What the document says about it.
    pub spec: Value,
}

impl Operation {
    /// The right it needs, or `public`.
    pub fn permission(&self) -> Option<&str> {
        self.spec["x-permission"].as_str()
    }

    /// `METHOD path`.
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether it lists a header among its parameters.
    pub fn takes_header(&self, name: &str) -> bool {
        let parameters = self.spec["parameters"].as_array();
        parameters.is_some_and(|all| all.iter().any(|p| p["in"] == "header" && p["name"] == name))
    }
}

/// The document as the server makes it.
pub fn document() -> Value {
    let text = backbone_server::openapi::document()
        .to_pretty_json()
        .expect("the document can be written");
    serde_json::from_str(&text).expect("the document is JSON")
}

/// Every operation in it.
pub fn operations() -> Vec<Operation> {
    let document = document();
    let paths = document["paths"]
        .as_object()
        .expect("the document has paths");
    let mut found = Vec::new();
    for (path, item) in paths {
        let Some(item) = item.as_object() else {
            continue;
        };
        for (method, spec) in item {
            if ["get", "post", "put", "patch", "delete"].contains(&method.as_str()) {
                found.push(Operation {
                    method: method.to_ascii_uppercase(),
                    path: path.clone(),
                    spec: spec.clone(),
                });
            }
        }
    }
    found
}
