//! What test runners say of themselves: libtest's result lines, node:test's TAP.

/// The counts of one step, and why what was skipped was skipped.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: usize,
    pub failed: usize,
    pub skipped: Vec<String>,
}

/// Sums the lines `test result: ok. 3 passed; 0 failed; 1 ignored; …` of all test binaries.
pub fn libtest(output: &str) -> Counts {
    let mut counts = Counts::default();
    for line in output.lines() {
        if let Some(results) = line.trim().strip_prefix("test result: ") {
            counts.passed += number_before(results, " passed");
            counts.failed += number_before(results, " failed");
        } else if let Some((test, reason)) = line.split_once(" ... ignored") {
            counts.skipped.push(reasoned(test.trim_start_matches("test "), reason.trim_start_matches(',')));
        }
    }
    counts
}

/// Reads node's summary (`# pass 3`) and the reasons of skips (`ok 1 - name # SKIP reason`).
///
/// Node counts a file without any test as one test that passed, under the file's own name; here it has failed.
pub fn tap(output: &str) -> Counts {
    // A test that prints `pass 9` is shown as `# pass 9` too, so the last such line counts: the summary's.
    let summary = |word: &str| {
        let number = |line: &str| line.strip_prefix(word)?.trim().parse::<usize>().ok();
        output.lines().rev().find_map(number).unwrap_or(0)
    };
    let mut counts = Counts {
        passed: summary("# pass "),
        failed: summary("# fail ") + summary("# cancelled "),
        skipped: Vec::new(),
    };
    for line in output.lines() {
        let result = line.trim_start();
        let Some((verdict, name)) = result.split_once(" - ") else { continue };
        if !verdict.starts_with("ok ") && !verdict.starts_with("not ok ") {
            continue;
        }
        if let Some((name, reason)) = name.split_once(" # SKIP").or_else(|| name.split_once(" # TODO")) {
            counts.skipped.push(reasoned(name, reason));
        }
    }
    let empty = files_without_tests(output).len();
    counts.passed = counts.passed.saturating_sub(empty);
    counts.failed += empty;
    counts
}

/// The files that node ran without finding a test in them.
pub fn files_without_tests(tap: &str) -> Vec<&str> {
    let results = tap.lines().filter_map(|line| line.split_once(" - "));
    let files = results.filter(|(verdict, name)| verdict.starts_with("ok ") && name.ends_with(".test.mjs"));
    files.map(|(_, name)| name).collect()
}

fn reasoned(name: &str, reason: &str) -> String {
    let reason = if reason.trim().is_empty() { "no reason given" } else { reason.trim() };
    format!("{name}: {reason}")
}

fn number_before(text: &str, word: &str) -> usize {
    let before = text.split(word).next().unwrap_or_default();
    before.rsplit(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libtest_binaries_are_summed() {
        let output = "test slow ... ignored, takes an hour\ntest odd ... ignored\n\
            test result: ok. 12 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.1s\n\
            test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out";
        let skipped = vec!["slow: takes an hour".to_owned(), "odd: no reason given".to_owned()];
        assert_eq!(libtest(output), Counts { passed: 15, failed: 1, skipped });
    }

    #[test]
    fn tap_gives_counts_reasons_and_empty_files() {
        let output = "# pass 99\nok 1 - a\n    ok 1 - b # SKIP no browser\nnot ok 2 - c # TODO\n\
            ok 3 - /x/empty.test.mjs\n# tests 5\n# pass 2\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 1\n";
        let skipped = vec!["b: no browser".to_owned(), "c: no reason given".to_owned()];
        assert_eq!(tap(output), Counts { passed: 1, failed: 3, skipped });
    }

    #[test]
    fn no_output_counts_nothing() {
        assert_eq!(libtest(""), Counts::default());
        assert_eq!(tap("TAP version 13"), Counts::default());
    }
}
