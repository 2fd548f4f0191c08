//! Text can be read: every pair of colours that stands on a page has the contrast WCAG 2.2 asks for (AA), in both themes.

#![expect(clippy::unwrap_used, reason = "test code: a failed step is a failed test")]

use std::collections::BTreeMap;

type Colours = BTreeMap<String, [f64; 3]>;

/// The hex colours of the block that begins with `opening`.
fn colours(css: &str, opening: &str) -> Colours {
    let start = css.find(opening).unwrap() + opening.len();
    let block = &css[start..start + css[start..].find('}').unwrap()];
    block
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.trim_end_matches(';').split_once(": #"))
        .map(|(name, hex)| {
            let part = |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            (name.to_owned(), [part(0), part(2), part(4)])
        })
        .collect()
}

/// WCAG's relative luminance.
fn luminance(colour: [f64; 3]) -> f64 {
    let linear = colour.map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_and_controls_stand_out() {
    let css = include_str!("../assets/css/tokens.css");
    let text = [
        ("text", "paper"),
        ("text", "surface"),
        ("text", "surface-2"),
        ("text", "surface-3"),
        ("text", "note"),
        ("text", "hit"),
        ("text", "accent-soft"),
        ("text", "good-soft"),
        ("text", "warn-soft"),
        ("text", "bad-soft"),
        ("text-2", "paper"),
        ("text-2", "surface"),
        ("text-2", "surface-2"),
        ("text-2", "accent-soft"),
        ("text-2", "note"),
        ("accent", "paper"),
        ("accent", "surface"),
        ("accent", "surface-2"),
        ("accent", "accent-soft"),
        ("on-accent", "accent"),
        ("on-accent", "accent-hover"),
        ("good", "surface"),
        ("good", "good-soft"),
        ("warn", "surface"),
        ("warn", "warn-soft"),
        ("warn", "note"),
        ("bad", "paper"),
        ("bad", "surface"),
        ("bad", "surface-2"),
        ("bad", "bad-soft"),
        ("on-bad", "bad-solid"),
    ];
    // Edges of controls need three to one (1.4.11).
    let edges = [("line-strong", "surface"), ("accent", "surface"), ("bad", "surface")];
    for (theme, opening) in [("light", "@layer tokens {\n  :root {"), ("dark", "  :root[data-theme=\"dark\"] {")] {
        let colours = colours(css, opening);
        for (least, pairs) in [(4.5, &text[..]), (3.0, &edges[..])] {
            for (front, back) in pairs {
                let ratio = contrast(colours[*front], colours[*back]);
                assert!(ratio >= least, "{theme}: {front} on {back} is {ratio:.2}, needs {least}");
            }
        }
    }
}
