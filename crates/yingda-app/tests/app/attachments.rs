//! Files: what is taken, who may remove them, and that their bytes go only when nothing names them.

use std::path::Path;

use yingda_app::attachments::Upload;
use yingda_core::Refusal;
use yingda_testkit::desk::on_both;

use crate::cast::{agent, fault, member, refusal, supervisor, through};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0";

fn upload(name: &str, bytes: &[u8]) -> Upload {
    Upload { name: name.to_owned(), bytes: bytes.to_vec() }
}

/// Files under a folder, at any depth.
fn files(folder: &Path) -> usize {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| if path.is_dir() { files(&path) } else { 1 })
        .sum()
}

#[test]
fn a_file_is_kept_served_and_removed_with_its_bytes_by_a_job() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let colleague = desk.person("李静", "service-center", [yingda_core::Role::Agent]).await;
        let lead = supervisor(&desk).await;
        let id = desk.receive(&agent, "enterprise-support", "phone", fault("中")).await.unwrap().id;
        let one = desk.attach(&desk.ctx(), &agent, id, upload("C:\\fakepath\\现场.png", PNG)).await.unwrap();
        let same = desk.attach(&desk.ctx(), &agent, id, upload("又一次.png", PNG)).await.unwrap();
        let served = desk.attachment(&agent, one).await.unwrap();
        assert_eq!((served.attachment.name.as_str(), served.attachment.media_type.as_str()), ("现场.png", "image/png"));
        assert_eq!(std::fs::read(&served.path).unwrap(), PNG);
        assert_eq!(files(desk.files()), 1, "the same bytes lie there once");

        assert_eq!(refusal(desk.detach(&desk.ctx(), &colleague, one).await), Refusal::NotAllowed);
        desk.detach(&desk.ctx(), &agent, one).await.unwrap();
        assert_eq!(refusal(desk.attachment(&agent, one).await), Refusal::NotFound);
        assert_eq!(refusal(desk.detach(&desk.ctx(), &agent, one).await), Refusal::NotFound);
        assert!(served.path.exists(), "a request removes no bytes");
        assert_eq!(desk.run_jobs().await, 1);
        assert!(served.path.exists(), "the second file is the same bytes");
        desk.detach(&desk.ctx(), &lead, same).await.unwrap();
        desk.run_jobs().await;
        assert_eq!(files(desk.files()), 0);
        let view = desk.ticket(&agent, id).await.unwrap();
        assert!(view.attachments.is_empty());
        let lines: Vec<&str> =
            view.history.iter().map(|line| line.kind.as_str()).filter(|kind| kind.ends_with("tached")).collect();
        assert_eq!(lines, ["attached", "attached", "detached", "detached"]);
        // Bytes that come back after they went are there again.
        let back = desk.attach(&desk.ctx(), &agent, id, upload("回来.png", PNG)).await.unwrap();
        assert_eq!(std::fs::read(desk.attachment(&agent, back).await.unwrap().path).unwrap(), PNG);
    });
}

#[test]
fn what_is_too_large_or_not_what_it_says_leaves_nothing() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let id = desk.receive(&agent, "enterprise-support", "phone", fault("中")).await.unwrap().id;
        let limit = 20 * 1024 * 1024;
        let large = vec![b'a'; usize::try_from(limit).unwrap() + 1];
        assert_eq!(
            refusal(desk.attach(&desk.ctx(), &agent, id, upload("a.txt", &large)).await),
            Refusal::TooLarge { limit }
        );
        for (name, bytes) in [
            ("木马.png", &b"MZ\x90\0\x03\0\0\0"[..]),
            ("脚本.sh", b"#!/bin/sh"),
            ("页.txt", b"<!DOCTYPE html><script>"),
            ("无", b"x"),
        ] {
            assert!(
                matches!(
                    refusal(desk.attach(&desk.ctx(), &agent, id, upload(name, bytes)).await),
                    Refusal::FileType { .. }
                ),
                "{name}"
            );
        }
        assert_eq!(files(desk.files()), 0);
        desk.attach(&desk.ctx(), &agent, id, upload("a.txt", &large[1..])).await.unwrap();
    });
}

#[test]
fn the_same_file_from_many_at_once_is_there_for_all() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let id = desk.receive(&agent, "enterprise-support", "phone", fault("中")).await.unwrap().id;
        for round in 0..4_u8 {
            let bytes = vec![b'0' + round; 300_000];
            let uploads: Vec<_> = (0..8)
                .map(|_| {
                    let (app, ctx, agent, bytes) = (desk.app.clone(), desk.ctx(), agent.clone(), bytes.clone());
                    tokio::spawn(async move { app.attach(&ctx, &agent, id, upload("a.txt", &bytes)).await })
                })
                .collect();
            for upload in uploads {
                let served = desk.attachment(&agent, upload.await.unwrap().unwrap()).await.unwrap();
                assert_eq!(std::fs::read(served.path).unwrap(), bytes);
            }
        }
        assert_eq!(files(desk.files()), 4);
    });
}

#[test]
fn bytes_that_somebody_brings_again_while_they_go_do_not_go() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let id = desk.receive(&agent, "enterprise-support", "phone", fault("中")).await.unwrap().id;
        for round in 0..10_u8 {
            let bytes = [b'0' + round; 64];
            let old = desk.attach(&desk.ctx(), &agent, id, upload("a.txt", &bytes)).await.unwrap();
            desk.detach(&desk.ctx(), &agent, old).await.unwrap();
            let (app, ctx, again) = (desk.app.clone(), desk.ctx(), agent.clone());
            let new = tokio::spawn(async move { app.attach(&ctx, &again, id, upload("b.txt", &bytes)).await });
            desk.run_jobs().await;
            let served = desk.attachment(&agent, new.await.unwrap().unwrap()).await.unwrap();
            assert_eq!(std::fs::read(served.path).unwrap(), bytes);
        }
    });
}

#[test]
fn what_belongs_to_a_closed_ticket_stays() {
    on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let agent = agent(&desk).await;
        let engineer = member(&desk, "张伟", "after_sales").await;
        let id = through(&desk, &agent, &engineer).await;
        let report = desk.attach(&desk.ctx(), &agent, id, upload("报告.txt", "已修复".as_bytes())).await.unwrap();
        assert_eq!(refusal(desk.detach(&desk.ctx(), &agent, report).await), Refusal::TicketEnded);
        assert!(desk.attachment(&engineer, report).await.is_ok());
    });
}
