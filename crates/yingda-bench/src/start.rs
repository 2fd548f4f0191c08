//! How soon an empty desk answers after it is started, and how much memory it takes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use yingda_scaffold::{Kept, Scratch};

/// Starts the built desk on an empty folder five times and prints the median.
pub fn run(binary: &Path) -> Result<(), String> {
    let mut times = Vec::new();
    let mut memory = 0;
    for _ in 0..5 {
        let (time, kib) = once(binary)?;
        times.push(time);
        memory = memory.max(kib);
    }
    times.sort_unstable();
    println!("the empty desk");
    println!(
        "  answers /healthz after                       median {:>6.0} ms of 5 starts",
        times[2].as_secs_f64() * 1e3
    );
    println!("  resident memory after the first answers      {:>6.1} MB at most", f64::from(memory) / 1024.0);
    Ok(())
}

fn once(binary: &Path) -> Result<(Duration, u32), String> {
    let scratch = Scratch::new("yingda-bench").map_err(|e| e.to_string())?;
    let begin = Instant::now();
    let mut command = Command::new(binary);
    command
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(scratch.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut desk = Kept::spawn(&mut command, None).map_err(|e| e.to_string())?;
    let stdout = desk.take_stdout().ok_or("the desk has no output")?;
    let mut lines = BufReader::new(stdout).lines();
    let address = lines
        .find_map(|line| {
            let line = line.ok()?;
            let (_, rest) = line.split_once("http://")?;
            Some(rest.split(['/', ' ']).next()?.to_owned())
        })
        .ok_or("the desk printed no address")?;
    let answer = get(&address, "/healthz")?;
    let time = begin.elapsed();
    if !answer.starts_with("HTTP/1.1 200") {
        return Err(format!("the desk is not well: {answer}"));
    }
    get(&address, "/session")?;
    let status = std::fs::read_to_string(format!("/proc/{}/status", desk.id())).map_err(|e| e.to_string())?;
    let kib = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:")?.split_whitespace().next()?.parse().ok())
        .ok_or("no memory figure")?;
    Ok((time, kib))
}

fn get(address: &str, path: &str) -> Result<String, String> {
    let mut stream = TcpStream::connect(address).map_err(|e| e.to_string())?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").map_err(|e| e.to_string())?;
    let mut text = Vec::new();
    stream.read_to_end(&mut text).map_err(|e| e.to_string())?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}
