//! Paging by key against the whole list in memory, for every page size, order, direction and scope.

use yingda_core::ticket::{State, Ticket};
use yingda_core::{DepartmentId, PersonId, TicketId};
use yingda_store::queue::{self, AssigneeFilter, Filter, Order, Page, Scope, StateFilter, key_of};
use yingda_store::{Read, Store, tickets};
use yingda_testkit::Dice;
use yingda_testkit::engines::on_both;

use crate::seed::{at, definition, put, ticket};

const OURS: i64 = 5;

/// Sixty tickets of chance, many due at the same time; with each, whether our department has to do with it.
async fn seed(store: &Store, dice: &mut Dice) -> Vec<(Ticket, bool)> {
    definition(store).await;
    let mut all = Vec::new();
    for id in 1..=60 {
        let mut one = ticket(id);
        one.due = [None, Some(at(100)), Some(at(200)), Some(at(300))][dice.below(4)];
        one.kind = (*dice.pick(&["报修", "咨询"])).to_owned();
        one.assignee = [None, Some(PersonId(1)), Some(PersonId(2))][dice.below(3)];
        if dice.once_in(4) {
            one.times.closed = Some(at(400 + id));
            one.state = State::Closed;
        }
        let ours = dice.once_in(2);
        put(store, one.clone(), if ours { &[OURS, 6] } else { &[6] }).await;
        all.push((one, ours));
    }
    all
}

/// What a list must be: filtered and sorted in memory.
fn expected(all: &[(Ticket, bool)], scope: Scope, keep: impl Fn(&Ticket) -> bool, order: Order) -> Vec<TicketId> {
    let mut rows: Vec<&Ticket> =
        all.iter().filter(|(t, ours)| (*ours || scope == Scope::All) && keep(t)).map(|(t, _)| t).collect();
    match order {
        Order::Newest => rows.sort_by_key(|t| std::cmp::Reverse(t.id)),
        Order::Due => rows.sort_by_key(|t| (key_of(t).due, t.id)),
    }
    rows.into_iter().map(|t| t.id).collect()
}

fn ids(rows: &[Ticket]) -> Vec<TicketId> {
    rows.iter().map(|t| t.id).collect()
}

/// Reads a list page by page, forwards and then backwards from its end.
async fn walk(read: &mut Read, scope: Scope, filter: &Filter, order: Order, size: usize, wanted: &[TicketId]) {
    let what = format!("{scope:?} {order:?} by {size}");
    let (mut seen, mut page, mut last) = (Vec::new(), Page::First, None);
    loop {
        let got = queue::page(read, scope, filter, order, page, size).await.unwrap();
        assert!(got.rows.len() <= size, "{what}");
        assert_eq!(got.earlier, page != Page::First, "{what}");
        seen.extend(ids(&got.rows));
        assert_eq!(got.later, seen.len() < wanted.len(), "{what}");
        if let Some(row) = got.rows.last() {
            last = Some(row.clone());
            page = Page::After(key_of(row));
        }
        if !got.later {
            break;
        }
    }
    assert_eq!(seen, wanted, "{what}, forwards");
    let Some(last) = last else { return };
    let mut back: Vec<TicketId> = vec![last.id];
    let mut page = Page::Before(key_of(&last));
    loop {
        let got = queue::page(read, scope, filter, order, page, size).await.unwrap();
        back.splice(0..0, ids(&got.rows));
        assert_eq!(got.earlier, back.len() < wanted.len(), "{what}, backwards");
        match got.rows.first() {
            Some(first) if got.earlier => page = Page::Before(key_of(first)),
            _ => break,
        }
    }
    assert_eq!(back, wanted, "{what}, backwards");
}

#[test]
fn pages_put_together_are_the_list() {
    on_both(async |store| {
        let all = seed(&store, &mut Dice::new(2026)).await;
        let mut read = store.read().await.unwrap();
        for scope in [Scope::All, Scope::Department(DepartmentId(OURS))] {
            for order in [Order::Newest, Order::Due] {
                let running = Filter::default();
                let wanted = expected(&all, scope, |t| t.state.is_running(), order);
                for size in 1..=wanted.len() + 2 {
                    walk(&mut read, scope, &running, order, size, &wanted).await;
                }
            }
            let any = Filter { state: StateFilter::Any, kind: Some("报修".to_owned()), ..Filter::default() };
            let wanted = expected(&all, scope, |t| t.kind == "报修", Order::Newest);
            for size in [1, 2, 7, 60] {
                walk(&mut read, scope, &any, Order::Newest, size, &wanted).await;
            }
        }
    });
}

#[test]
fn every_part_of_a_filter_filters() {
    type Keep = fn(&Ticket) -> bool;
    let filters: Vec<(Filter, Keep)> = vec![
        (Filter { state: StateFilter::Ended, ..Filter::default() }, |t| !t.state.is_running()),
        (Filter { state: StateFilter::Is(State::Open), ..Filter::default() }, |t| t.state == State::Open),
        (Filter { state: StateFilter::Is(State::Closed), ..Filter::default() }, |t| t.state == State::Closed),
        (Filter { assignee: Some(AssigneeFilter::Nobody), ..Filter::default() }, |t| {
            t.state.is_running() && t.assignee.is_none()
        }),
        (Filter { assignee: Some(AssigneeFilter::Person(PersonId(2))), ..Filter::default() }, |t| {
            t.state.is_running() && t.assignee == Some(PersonId(2))
        }),
        (Filter { owner: Some(PersonId(9)), ..Filter::default() }, |_| false),
        (Filter { overdue_at: Some(at(200)), ..Filter::default() }, |t| {
            t.state.is_running() && t.due.is_some_and(|d| d < at(200))
        }),
        (Filter { from: Some(at(10)), until: Some(at(20)), ..Filter::default() }, |t| {
            t.state.is_running() && t.accepted >= at(10) && t.accepted < at(20)
        }),
        (
            Filter {
                state: StateFilter::Any,
                closed_from: Some(at(410)),
                closed_until: Some(at(430)),
                ..Filter::default()
            },
            |t| t.times.closed.is_some_and(|c| c >= at(410) && c < at(430)),
        ),
        (Filter { process: Some("other".to_owned()), ..Filter::default() }, |_| false),
        (Filter { priority: Some(3), channel: Some("phone".to_owned()), ..Filter::default() }, |t| {
            t.state.is_running()
        }),
    ];
    on_both(async |store| {
        let all = seed(&store, &mut Dice::new(7)).await;
        let mut read = store.read().await.unwrap();
        for (filter, keep) in &filters {
            for scope in [Scope::All, Scope::Department(DepartmentId(OURS))] {
                let wanted = expected(&all, scope, keep, Order::Newest);
                let got = queue::page(&mut read, scope, filter, Order::Newest, Page::First, 100).await.unwrap();
                assert_eq!(ids(&got.rows), wanted, "{filter:?}");
                let counted = queue::count(&mut read, scope, filter, 100).await.unwrap();
                assert_eq!(counted, i64::try_from(wanted.len()).unwrap());
                let (mut batches, mut after) = (Vec::new(), TicketId(0));
                loop {
                    let rows = queue::batch(&mut read, scope, filter, after, 7).await.unwrap();
                    let Some(last) = rows.last() else { break };
                    after = last.id;
                    batches.extend(ids(&rows));
                }
                batches.reverse();
                assert_eq!(batches, wanted, "in batches: {filter:?}");
            }
        }
    });
}

#[test]
fn counts_stop_at_their_cap() {
    on_both(async |store| {
        definition(&store).await;
        for id in 1..=9 {
            put(&store, ticket(id), &[OURS]).await;
        }
        let mut read = store.read().await.unwrap();
        for (cap, counted) in [(1, 1), (8, 8), (9, 9), (100, 9)] {
            assert_eq!(queue::count(&mut read, Scope::All, &Filter::default(), cap).await.unwrap(), counted);
            let ours =
                queue::count(&mut read, Scope::Department(DepartmentId(OURS)), &Filter::default(), cap).await.unwrap();
            assert_eq!(ours, counted);
        }
        let theirs =
            queue::count(&mut read, Scope::Department(DepartmentId(6)), &Filter::default(), 100).await.unwrap();
        assert_eq!(theirs, 0);
    });
}

#[test]
fn a_copied_department_that_then_works_is_no_longer_only_copied() {
    on_both(async |store| {
        definition(&store).await;
        put(&store, ticket(1), &[]).await;
        for (how, then) in [
            (tickets::Involvement::Copied, tickets::Involvement::Copied),
            (tickets::Involvement::Working, tickets::Involvement::Working),
            (tickets::Involvement::Copied, tickets::Involvement::Working),
        ] {
            store
                .write(move |tx| {
                    Box::pin(async move { tickets::involve(tx, TicketId(1), DepartmentId(OURS), how).await })
                })
                .await
                .unwrap();
            let involved = tickets::involved(&mut store.read().await.unwrap(), TicketId(1)).await.unwrap();
            assert_eq!(involved, [(DepartmentId(OURS), then)]);
        }
    });
}
