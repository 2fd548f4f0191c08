//! `serve`: a desk that listens until it is told to stop.
//!
//! The one thing to know: it answers first and warms up later, because an empty desk is on within half a second and stays
//! small; the segmentation dictionary comes when there is a desk to search.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use yingda_jobs::Runner;
use yingda_store::settings;
use yingda_web::WebState;

use crate::edge::{Edge, edge};
use crate::house::{House, install_shipped};
use crate::saying::line;
use crate::settings::Desk;
use crate::trouble::Trouble;

/// The setting that marks a demonstration, and its words.
pub const DEMO: &str = "demo";
/// Being made.
pub const MAKING: &str = "making";
/// Made.
pub const READY: &str = "ready";

/// How long requests may take to end after the signal. Pages that listen for changes never end by themselves.
const GRACE: Duration = Duration::from_secs(5);
/// When the dictionary is loaded: after whoever started the desk has seen the first page.
const WARM_UP_AFTER: Duration = Duration::from_secs(2);

/// Runs the desk.
///
/// # Errors
/// A [`Trouble`] where it cannot start.
pub async fn run(desk: &Desk) -> Result<ExitCode, Trouble> {
    let stop = Stop::listen()?;
    let edge = edge();
    let (listener, address) = listen(&desk.listen).await?;
    let house = House::enter(&desk.data).await?;
    house.app.forget_links().await?;
    install_shipped(&house.app, &edge()).await?;
    line(&format!("http://{address}"));
    if house.app.is_empty().await? {
        let code = house.app.make_setup_code(&edge()).await?;
        line(&format!("首次使用：请打开 http://{address}/first-run ，输入一次性代码 {code} 建立管理员。"));
        line(&format!(
            "First use: open http://{address}/first-run and enter the one-time code {code} to become the administrator."
        ));
    } else if demo_mark(&house).await?.is_some() {
        line("提示：这里是演示数据；要一个空的客服台，请用 --data 另选目录。");
        line("Note: this is demonstration data; for an empty desk choose another folder with --data.");
    }
    attend(house, listener, edge, stop).await
}

/// Takes the address, and says which one it is where any port was asked for.
pub async fn listen(wanted: &str) -> Result<(TcpListener, SocketAddr), Trouble> {
    let trouble = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::AddrInUse => Trouble::AddressTaken(wanted.to_owned()),
        _ => Trouble::Address(wanted.to_owned(), error),
    };
    let listener = TcpListener::bind(wanted).await.map_err(trouble)?;
    let address = listener.local_addr().map_err(trouble)?;
    Ok((listener, reachable(address)))
}

/// What to type into a browser on this machine: a desk that listens everywhere is found at home.
fn reachable(address: SocketAddr) -> SocketAddr {
    match address {
        SocketAddr::V4(v4) if v4.ip().is_unspecified() => SocketAddr::from(([127, 0, 0, 1], v4.port())),
        SocketAddr::V6(v6) if v6.ip().is_unspecified() => SocketAddr::from((std::net::Ipv6Addr::LOCALHOST, v6.port())),
        other => other,
    }
}

/// What a desk's database says about being a demonstration.
pub async fn demo_mark(house: &House) -> Result<Option<String>, Trouble> {
    let mut read = house.store.read().await?;
    Ok(settings::get(&mut read, DEMO).await?)
}

/// Answers requests and does jobs until the signal, then ends both in order.
pub async fn attend(house: House, listener: TcpListener, edge: Edge, mut stop: Stop) -> Result<ExitCode, Trouble> {
    house.app.schedule_upkeep(&edge()).await?;
    let runner = Runner::start(house.app.clone(), edge.clone());
    if !house.app.is_empty().await? {
        tokio::spawn(async {
            tokio::time::sleep(WARM_UP_AFTER).await;
            drop(tokio::task::spawn_blocking(yingda_store::segment::warm_up).await);
        });
    }
    let (asked, stopping) = tokio::sync::watch::channel(());
    let router = yingda_web::router(WebState::new(house.app.clone(), edge));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    let mut begun = stopping.clone();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.asked().await;
        tracing::info!("stopping");
        drop(asked);
    });
    let overdue = async move {
        // Ends when the signal's sender goes.
        let _ = begun.changed().await;
        tokio::time::sleep(GRACE).await;
    };
    let ended = tokio::select! {
        ended = serving => ended,
        () = overdue => Ok(()),
    };
    drop(stopping);
    runner.stop().await;
    ended.map_err(|error| Trouble::Broken(error.to_string()))?;
    tracing::info!("stopped");
    Ok(ExitCode::SUCCESS)
}

/// Ctrl-C or a service manager's SIGTERM. Listened for from the first moment, so that one that comes while the desk is still
/// starting ends it in order too.
#[derive(Debug)]
pub struct Stop {
    interrupt: Signal,
    terminate: Signal,
}

impl Stop {
    /// Listens from now on.
    ///
    /// # Errors
    /// Where the system gives no signals.
    pub fn listen() -> Result<Self, Trouble> {
        let on = |kind| signal(kind).map_err(|error| Trouble::Broken(error.to_string()));
        Ok(Self { interrupt: on(SignalKind::interrupt())?, terminate: on(SignalKind::terminate())? })
    }

    async fn asked(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
