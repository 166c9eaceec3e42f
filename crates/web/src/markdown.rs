//! Markdown that people write, as HTML that is safe to show: comrak parses, ammonia keeps an allow-list.

use comrak::{Options, markdown_to_html};

/// CommonMark with tables, strikethrough and autolinks. Raw HTML is dropped, headings start at level 3 so that they
/// fit beneath a page's own headings, links open with `rel="noopener nofollow"`.
pub fn markdown(source: &str) -> String {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.render.r#unsafe = false;
    let html = markdown_to_html(source, &options);
    let html = html
        .replace("<h1>", "<h3>")
        .replace("</h1>", "</h3>")
        .replace("<h2>", "<h3>")
        .replace("</h2>", "</h3>");
    ammonia::Builder::default()
        .rm_tags(["img"])
        .link_rel(Some("noopener nofollow"))
        .clean(&html)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formatting_stays_and_scripts_go() {
        let html =
            markdown("# Why\n\n**46 hours** [x](javascript:alert(1)) <script>alert(1)</script>");
        assert!(html.contains("<h3>Why</h3>"), "{html}");
        assert!(html.contains("<strong>46 hours</strong>"), "{html}");
        assert!(!html.contains("script"), "{html}");
    }

    #[test]
    fn images_and_raw_html_are_dropped() {
        let html = markdown("![x](https://elsewhere.example/pixel.gif)\n\n<iframe src=x></iframe>");
        assert!(!html.contains("<img") && !html.contains("iframe"), "{html}");
    }
}
