//! Doing one thing many times, and saying how long it took: rate, median, 99th percentile.

use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use yingda_core::{Context, IdGenerator};

/// What many repetitions took.
#[derive(Debug, Clone)]
pub struct Sample {
    times: Vec<Duration>,
    whole: Duration,
}

impl Sample {
    /// Repetitions a second.
    pub fn rate(&self) -> f64 {
        self.times.len() as f64 / self.whole.as_secs_f64().max(1e-9)
    }

    fn rank(&self, part: f64) -> Duration {
        let index = ((self.times.len() as f64 * part).ceil() as usize).saturating_sub(1);
        self.times.get(index).copied().unwrap_or_default()
    }

    /// Half took no longer.
    pub fn median(&self) -> Duration {
        self.rank(0.5)
    }

    /// All but one in a hundred took no longer.
    pub fn p99(&self) -> Duration {
        self.rank(0.99)
    }

    /// A line of the table.
    pub fn line(&self, name: &str) -> String {
        format!(
            "{name:<44} {:>9.0}/s   median {:>9.3} ms   p99 {:>9.3} ms   n {}",
            self.rate(),
            self.median().as_secs_f64() * 1e3,
            self.p99().as_secs_f64() * 1e3,
            self.times.len()
        )
    }
}

/// Repeats `job` by `clients` at once until the time is up, each starting anew when it is done.
pub async fn repeat<F, Fut>(clients: usize, span: Duration, job: F) -> Result<Sample, String>
where
    F: Fn(usize) -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<(), String>> + Send,
{
    let job = Arc::new(job);
    let begin = Instant::now();
    let mut tasks = Vec::new();
    for client in 0..clients {
        let job = Arc::clone(&job);
        tasks.push(tokio::spawn(async move {
            let mut times = Vec::new();
            let mut turn = client;
            while begin.elapsed() < span {
                let one = Instant::now();
                job(turn).await?;
                times.push(one.elapsed());
                turn += clients;
            }
            Ok::<_, String>(times)
        }));
    }
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await.map_err(|e| e.to_string())??);
    }
    let whole = begin.elapsed();
    times.sort_unstable();
    Ok(Sample { times, whole })
}

/// The surroundings of one request, with the real clock.
pub fn context(ids: &Arc<IdGenerator>, turn: u64) -> Context {
    let mut entropy = [0; 32];
    entropy[..8].copy_from_slice(&turn.to_be_bytes());
    Context { now: now(), ids: Arc::clone(ids), entropy, request: String::new() }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures by the real clock")]
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
