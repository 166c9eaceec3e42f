//! The pages' data as the handlers make it, for a test that renders every page.

use backbone_identity::{Actor, Core};
use serde::Serialize;
use serde_json::Value;

use super::form;
use super::view::{ListPage, MapPage, Shown, UploadPage};
use crate::import::Import;
use crate::import::store::ImportRow;
use crate::metric::Metric;

fn value(data: &impl Serialize) -> Value {
    backbone_db::Json::new(data).value()
}

pub fn index(core: &Core, actor: &Actor, it: &Import) -> Value {
    value(&ListPage::new(core, actor, std::slice::from_ref(it)))
}

pub fn new(core: &Core, actor: &Actor) -> Value {
    let problem = backbone_web::Problem::invalid("import-empty");
    value(&UploadPage::new(actor, Some(&problem), core))
}

pub fn map(core: &Core, actor: &Actor, it: &Import, metrics: &[Metric]) -> Value {
    value(&MapPage::new(
        core,
        actor,
        it,
        &form::fill(it),
        None,
        metrics,
        &[],
    ))
}

pub fn show(core: &Core, actor: &Actor, it: &Import, rows: Vec<ImportRow>) -> Value {
    value(&Shown::new(core, actor, it, rows))
}
