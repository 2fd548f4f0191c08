//! Search: what is found, by whom, in which order; the same on both engines.

use yingda_core::DepartmentId;
use yingda_store::queue::Scope;
use yingda_store::search::{self, Audience, Kind};
use yingda_store::{Store, StoreError};
use yingda_testkit::Dice;
use yingda_testkit::engines::on_both;

use crate::seed::{definition, put, ticket};

async fn index(store: &Store, kind: Kind, id: i64, ticket: Option<i64>, text: &str) {
    index_for(store, kind, id, ticket, Audience::Readers, text).await;
}

async fn index_for(store: &Store, kind: Kind, id: i64, ticket: Option<i64>, audience: Audience, text: &str) {
    let text = text.to_owned();
    store
        .write(move |tx| Box::pin(async move { search::put(tx, kind, id, ticket, audience, &text).await }))
        .await
        .unwrap();
}

async fn find(store: &Store, scope: Scope, text: &str) -> Vec<i64> {
    let mut read = store.read().await.unwrap();
    search::find(&mut read, scope, text, None, None, 100).await.unwrap().into_iter().map(|hit| hit.id).collect()
}

/// Text, what is asked, and whether it is found.
const CASES: &[(&str, &str, bool)] = &[
    // Two characters, wherever a dictionary would cut.
    ("小区门口漏水管破裂,影响交通", "水管", true),
    ("小区门口漏水管破裂,影响交通", "漏水", true),
    ("小区门口漏水管破裂,影响交通", "破裂", true),
    ("小区门口漏水管破裂,影响交通", "门漏", false),
    ("设备运行中频繁报错", "报错", true),
    ("设备运行中频繁报错", "错", true),
    ("设备运行中频繁报错", "正常", false),
    // Longer than two, whole or in pieces that are all there.
    ("深圳市某某机械有限公司", "机械有限公司", true),
    ("深圳市某某机械有限公司", "某某机械", true),
    ("深圳市某某机械有限公司", "广州机械", false),
    // All words must be met, in any order.
    ("空调 不制冷 三楼会议室", "会议室 空调", true),
    ("空调 不制冷 三楼会议室", "会议室 电梯", false),
    // Traditional and simplified, either way.
    ("客戶諮詢購買產品的時間", "客户", true),
    ("客戶諮詢購買產品的時間", "购买", true),
    ("客户咨询购买产品的时间", "購買", true),
    ("客户咨询购买产品的时间", "時間", true),
    // Full and half width, upper and lower case.
    ("型号ABC123，数量２台", "abc123", true),
    ("型号abc123", "ABC123", true),
    ("电话 020-1234", "０２０", true),
    ("Wi-Fi 断开", "wi", true),
    // Latin letters and digits beside Chinese, without blanks.
    ("打印机HP1020卡纸", "hp1020", true),
    ("打印机HP1020卡纸", "卡纸 HP1020", true),
    ("打印机HP1020卡纸", "HP2030", false),
    ("订单号20261101556677", "6677", true),
    ("订单号20261101556677", "20261101556677", true),
    ("工单CS2026110001", "CS2026110001", true),
    // Beyond the first plane, and what looks like an operator.
    ("𠮷野家的门店", "野家", true),
    ("A OR B NOT C", "or", true),
    ("联系 it@example.com", "example.com", true),
    ("50% 折扣 \"特价\"", "特价", true),
    ("路径 a\\b:c*d", "b c", true),
];

#[test]
fn words_are_found_as_clerks_type_them() {
    on_both(async |store| {
        for (id, (text, asked, found)) in (1..).zip(CASES) {
            index(&store, Kind::Answer, id, None, text).await;
            let hit = find(&store, Scope::All, asked).await.contains(&id);
            assert_eq!(hit, *found, "{asked} in {text}");
        }
    });
}

#[test]
fn what_has_no_word_in_it_finds_nothing_and_breaks_nothing() {
    on_both(async |store| {
        index(&store, Kind::Answer, 1, None, "漏水管").await;
        for asked in [
            "",
            " ",
            "、。！?\"'*()",
            "\0",
            "--",
            "AND",
            "NOT *",
            "a:b",
            "'",
            "\"",
            "\\",
            "!",
            "&|<->",
            "\u{301}",
            "%_",
        ] {
            assert!(find(&store, Scope::All, asked).await.is_empty(), "{asked:?}");
        }
        let long = "水".repeat(50_000);
        find(&store, Scope::All, &long).await;
    });
}

#[test]
fn words_of_chance_break_neither_engine() {
    const PIECES: &[&str] = &[
        "漏水",
        "'",
        "\"",
        "*",
        " ",
        "(",
        ")",
        ":",
        "&",
        "|",
        "!",
        "\\",
        "\0",
        "a",
        "１",
        "報",
        "\u{202e}",
        "é",
        "-",
        "%",
        "<",
        "\u{e0001}",
    ];
    on_both(async |store| {
        let mut dice = Dice::new(11);
        for id in 1..=60 {
            let text: String = (0..dice.below(12)).map(|_| *dice.pick(PIECES)).collect();
            index(&store, Kind::Answer, id, None, &text).await;
            // Whatever was stored is found by its own words, where it has any.
            let asked = text.trim();
            let hits = find(&store, Scope::All, asked).await;
            let has_words = asked.chars().any(char::is_alphanumeric);
            assert_eq!(hits.contains(&id), has_words, "{text:?}");
        }
    });
}

#[test]
fn the_longest_text_that_is_indexed_fits() {
    on_both(async |store| {
        let mut dice = Dice::new(5);
        let text: String = (0..25_000).map(|_| char::from_u32(0x4e00 + dice.below(20_000) as u32).unwrap()).collect();
        index(&store, Kind::Message, 1, None, &text).await;
        let head: String = text.chars().take(2).collect();
        assert_eq!(find(&store, Scope::All, &head).await, [1]);
    });
}

#[test]
fn an_update_replaces_and_a_clearing_removes() {
    on_both(async |store| {
        index(&store, Kind::Answer, 1, None, "空调不制冷").await;
        index(&store, Kind::Answer, 1, None, "电梯停运").await;
        assert!(find(&store, Scope::All, "空调").await.is_empty());
        assert_eq!(find(&store, Scope::All, "电梯").await, [1]);
        store.write(|tx| Box::pin(async move { search::clear(tx, Kind::Answer, 1).await })).await.unwrap();
        assert!(find(&store, Scope::All, "电梯").await.is_empty());
        index(&store, Kind::Answer, 1, None, "电梯停运").await;
        assert_eq!(find(&store, Scope::All, "电梯").await, [1]);
    });
}

#[test]
fn a_department_finds_its_own_matters_and_every_answer_and_nothing_else() {
    on_both(async |store| {
        definition(&store).await;
        put(&store, ticket(1), &[5]).await;
        put(&store, ticket(2), &[6]).await;
        index(&store, Kind::Ticket, 1, Some(1), "漏水 我们的").await;
        index(&store, Kind::Ticket, 2, Some(2), "漏水 他们的").await;
        index(&store, Kind::Message, 11, Some(1), "漏水 说明").await;
        index(&store, Kind::Message, 12, Some(2), "漏水 说明").await;
        index(&store, Kind::Sheet, 21, Some(1), "漏水 联系单").await;
        index_for(&store, Kind::Message, 13, Some(1), Audience::Desk, "漏水 内部").await;
        index(&store, Kind::Answer, 31, None, "漏水怎么办").await;
        let of = |department| Scope::Department(DepartmentId(department));
        assert_eq!(find(&store, Scope::All, "漏水").await, [31, 21, 13, 12, 11, 2, 1]);
        assert_eq!(find(&store, of(5), "漏水").await, [31, 21, 11, 1]);
        assert_eq!(find(&store, of(6), "漏水").await, [31, 12, 2]);
        assert_eq!(find(&store, of(7), "漏水").await, [31]);
    });
}

#[test]
fn pages_are_newest_first_and_by_kind() {
    on_both(async |store| {
        store
            .write(|tx| {
                Box::pin(async move {
                    for id in 1..=25 {
                        let kind = if id % 5 == 0 { Kind::Message } else { Kind::Answer };
                        search::put(tx, kind, id, None, Audience::Readers, "停电通知").await?;
                    }
                    Ok::<_, StoreError>(())
                })
            })
            .await
            .unwrap();
        let mut read = store.read().await.unwrap();
        for size in [1, 4, 25, 30] {
            let (mut seen, mut before) = (Vec::new(), None);
            loop {
                let page = search::find(&mut read, Scope::All, "停电", None, before, size).await.unwrap();
                let Some(last) = page.last() else { break };
                before = Some(last.id);
                seen.extend(page.iter().map(|hit| hit.id));
            }
            assert_eq!(seen, (1..=25).rev().collect::<Vec<i64>>());
        }
        let messages = search::find(&mut read, Scope::All, "通知", Some(Kind::Message), None, 50).await.unwrap();
        assert_eq!(messages.iter().map(|hit| hit.id).collect::<Vec<_>>(), [25, 20, 15, 10, 5]);
        assert!(messages.iter().all(|hit| hit.kind == Kind::Message));
    });
}

#[test]
fn similar_questions_share_words() {
    on_both(async |store| {
        index(&store, Kind::Answer, 1, None, "产品保修期有多长时间").await;
        index(&store, Kind::Answer, 2, None, "怎样开具增值税发票").await;
        index(&store, Kind::Message, 3, None, "客户问保修期").await;
        let mut read = store.read().await.unwrap();
        assert_eq!(search::similar_answers(&mut read, "你们的产品保修多久", 5).await.unwrap(), [1]);
        assert_eq!(search::similar_answers(&mut read, "我想开发票,多少天能拿到", 5).await.unwrap(), [2]);
        assert!(search::similar_answers(&mut read, "!?", 5).await.unwrap().is_empty());
        assert_eq!(search::similar_answers(&mut read, "产品保修 发票", 1).await.unwrap().len(), 1);
    });
}
