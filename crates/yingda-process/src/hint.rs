//! 「did you mean …」: the nearest of the names that would have been right.
//!
//! The one thing to know: nothing is guessed when nothing is near; a wrong hint is worse than none.

/// The candidate that takes the fewest typing slips, if that is at most about a third of the word (one for Chinese
/// words of two characters).
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let word: Vec<char> = word.chars().take(64).collect();
    let allowed = match word.len() {
        0 | 1 => return None,
        2..=5 => 1,
        6..=8 => 2,
        _ => 3,
    };
    candidates
        .into_iter()
        .filter(|candidate| !candidate.is_empty())
        .map(|candidate| (distance(&word, &candidate.chars().take(64).collect::<Vec<_>>()), candidate))
        .filter(|(slips, candidate)| {
            // A Chinese class name is often meant with or without its last character.
            *slips <= allowed && *slips < candidate.chars().count()
        })
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate.to_owned())
}

/// Insertions, deletions, replacements and swaps of neighbours, ignoring case.
fn distance(left: &[char], right: &[char]) -> usize {
    let fold = |c: char| c.to_ascii_lowercase();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let same = fold(*a) == fold(*b);
            let mut best = (last[j] + usize::from(!same)).min(last[j + 1] + 1).min(row[j] + 1);
            let swapped = i > 0 && j > 0 && fold(*a) == fold(right[j - 1]) && fold(left[i - 1]) == fold(*b);
            if swapped {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        let cases = [
            ("recrod", vec!["record", "reply"], Some("record")),
            ("lable", vec!["label", "limit"], Some("label")),
            ("报露", vec!["报漏", "投诉"], Some("报漏")),
            ("技术故障", vec!["技术故障类", "物流类"], Some("技术故障类")),
            ("xyz", vec!["record", "reply"], None),
            ("", vec!["a"], None),
        ];
        for (word, candidates, expected) in cases {
            assert_eq!(nearest(word, candidates).as_deref(), expected, "{word}");
        }
    }
}
