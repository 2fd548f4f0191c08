//! `demo`: a desk with a demonstration company, made once and used again.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use jiff::SignedDuration;
use yingda_app::AppError;
use yingda_core::Context;
use yingda_store::settings;

use super::serve::{DEMO, MAKING, READY, Stop, attend, demo_mark, listen};
use crate::demo::{self, SEED, TICKETS};
use crate::edge::edge;
use crate::house::{Folder, House, install_shipped};
use crate::saying::{line, padded};
use crate::settings::Desk;
use crate::trouble::Trouble;

/// Lies in the folder while a demonstration is made; what is found with it is half made and begun anew.
const UNFINISHED: &str = "demo-unfinished";
/// Links end with the start that printed them: the next one forgets them, and at the latest after this time.
const LINKS_LAST: SignedDuration = SignedDuration::from_hours(24 * 30);
/// A line of progress after so many tickets.
const EVERY: usize = 40;

/// Runs the demonstration.
///
/// # Errors
/// A [`Trouble`] where it cannot start.
pub async fn run(desk: &Desk) -> Result<ExitCode, Trouble> {
    let edge = edge();
    let (listener, address) = listen(&desk.listen).await?;
    let folder = Folder::take(&desk.data)?;
    let mark = folder.join(UNFINISHED);
    if mark.exists() {
        begin_anew(&folder)?;
    }
    let new = desk.data.database.is_none() && !folder.database().exists();
    if new {
        std::fs::write(&mark, "").map_err(|error| Trouble::File(mark.clone(), error))?;
    }
    let house = House::open(&desk.data, folder).await?;
    match demo_mark(&house).await?.as_deref() {
        Some(READY) => {}
        Some(_) => return Err(Trouble::HalfDemo),
        None if !house.app.is_empty().await? => return Err(Trouble::RealDesk),
        None => make(&house, &edge()).await?,
    }
    if mark.exists() {
        std::fs::remove_file(&mark).map_err(|error| Trouble::File(mark, error))?;
    }
    let stop = Stop::listen()?;
    offer(&house, &edge(), address).await?;
    attend(house, listener, edge, stop).await
}

/// Takes away what an interrupted start has left in the folder.
fn begin_anew(folder: &Folder) -> Result<(), Trouble> {
    let gone = |path: PathBuf, result: std::io::Result<()>| match result {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Trouble::File(path, error)),
        _ => Ok(()),
    };
    for name in ["desk.sqlite", "desk.sqlite-wal", "desk.sqlite-shm"] {
        let path = folder.join(name);
        gone(path.clone(), std::fs::remove_file(&path))?;
    }
    let files = folder.join("files");
    gone(files.clone(), std::fs::remove_dir_all(&files))
}

async fn make(house: &House, ctx: &Context) -> Result<(), Trouble> {
    remember(house, MAKING).await?;
    install_shipped(&house.app, ctx).await?;
    line("正在准备演示公司 … / Preparing the demonstration company …");
    demo::prepare(&house.app, ctx, SEED, TICKETS, &mut |done, all| {
        if done % EVERY == 0 || done == all {
            line(&format!("正在准备演示数据 {done}/{all} …"));
        }
    })
    .await?;
    remember(house, READY).await
}

async fn remember(house: &House, word: &'static str) -> Result<(), Trouble> {
    house
        .store
        .write(move |tx| Box::pin(async move { Ok::<_, AppError>(settings::put(tx, DEMO, word).await?) }))
        .await?;
    Ok(())
}

/// Prints the address and a link for each role.
async fn offer(house: &House, ctx: &Context, address: SocketAddr) -> Result<(), Trouble> {
    house.app.forget_links().await?;
    line(&format!("http://{address}"));
    line("");
    line("点击链接即可登录，本次运行期间有效 / Sign in by a link, valid while this start lives:");
    for face in demo::faces(&house.app) {
        let secret = house.app.sign_in_link(ctx, face.person, ctx.now + LINKS_LAST).await?;
        let (role, place, name) = (padded(face.role, 12), padded(&face.department, 14), padded(&face.name, 12));
        line(&format!("  {role}{place}{name}http://{address}/link/{secret}"));
    }
    line("");
    line("按 Ctrl-C 停止 / Ctrl-C stops it.");
    Ok(())
}
