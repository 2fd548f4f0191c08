//! Writes every sample of every page to files, to be looked at: `cargo run -p yingda-web --example gallery -- DIR`.
//!
//! The files name their assets by absolute path, so serve the folder (`python3 -m http.server -d DIR`) rather than open it.

use std::error::Error;
use std::fs;
use std::path::Path;

use yingda_web::assets;
use yingda_web::gallery::samples;
use yingda_web::i18n::Locale;
use yingda_web::shell::Theme;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: gallery DIR")?;
    let folder = Path::new(&folder);
    let mut index = String::from("<!doctype html><meta charset=utf-8><title>gallery</title><ul>");
    for locale in Locale::ALL {
        for theme in [Theme::Light, Theme::Dark] {
            for sample in samples(locale, theme)? {
                let name = format!("{}-{}-{}.html", sample.name, locale.tag(), theme.name());
                fs::create_dir_all(folder)?;
                fs::write(folder.join(&name), sample.html)?;
                index.push_str(&format!("<li><a href=\"{name}\">{name}</a>"));
            }
        }
    }
    for path in assets::paths() {
        let file = folder.join(assets::url(&path).trim_start_matches('/'));
        if let Some(parent) = file.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(file, assets::read(&path).ok_or("an asset listed but not there")?)?;
    }
    fs::write(folder.join("index.html"), index)?;
    Ok(())
}
