mod detail;
mod list;
mod new;
mod sheet;

use actix_web::web;

pub(crate) use detail::{moved, question};
pub(crate) use new::{corrected, kept, see, start, this_month, with_file};

/// Mounts the pages; fixed words come before identifiers.
pub(crate) fn mount(cfg: &mut web::ServiceConfig) {
    cfg.service(list::index)
        .service(new::new_form)
        .service(new::new_submit)
        .service(sheet::sheet_form)
        .service(sheet::sheet_submit)
        .service(new::edit_form)
        .service(new::edit_submit)
        .service(new::repeat_submit)
        .service(detail::show)
        .service(detail::act);
}
