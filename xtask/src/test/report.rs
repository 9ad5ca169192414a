//! The one summary at the end.

use std::time::Duration;

use super::counts::Counts;

/// What came of one step.
pub struct Outcome {
    pub counts: Counts,
    /// Shown when the step failed.
    pub output: String,
}

impl Outcome {
    /// A step that is one check.
    pub fn single(result: Result<String, String>) -> Self {
        let (passed, failed) = if result.is_ok() { (1, 0) } else { (0, 1) };
        let output = result.unwrap_or_else(|output| output);
        Self { counts: Counts { passed, failed, skipped: Vec::new() }, output }
    }

    pub fn skipped(reason: String) -> Self {
        Self { counts: Counts { skipped: vec![reason], ..Counts::default() }, output: String::new() }
    }

    pub fn failed(output: String) -> Self {
        Self::single(Err(output))
    }
}

/// Of several checks in one step.
impl FromIterator<Outcome> for Outcome {
    fn from_iter<I: IntoIterator<Item = Outcome>>(all: I) -> Self {
        let mut together = Self { counts: Counts::default(), output: String::new() };
        for Outcome { counts, output } in all {
            together.counts.passed += counts.passed;
            together.counts.failed += counts.failed;
            together.counts.skipped.extend(counts.skipped);
            if !output.is_empty() {
                together.output += &format!("{output}\n");
            }
        }
        together
    }
}

#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
}

struct Row {
    step: &'static str,
    counts: Counts,
    time: Duration,
}

impl Report {
    /// Says at once what came of a step, and keeps it for the end.
    pub fn take(&mut self, step: &'static str, outcome: Outcome, time: Duration) {
        match outcome.counts.failed {
            0 => println!("{step}: {} passed, {:.1} s", outcome.counts.passed, time.as_secs_f64()),
            failed => println!("{}\n{step}: {failed} FAILED, see above\n", outcome.output.trim_end()),
        }
        self.add(step, outcome.counts, time);
    }

    fn add(&mut self, step: &'static str, counts: Counts, time: Duration) {
        self.rows.push(Row { step, counts, time });
    }

    /// Prints the table, the time of all and the closing line; whether all is well. In CI a skip is a failure: there everything that
    /// the tests need is to be had, so what was not run is a hole.
    pub fn print(&self, ci: bool, time: Duration) -> bool {
        let width = self.rows.iter().map(|row| row.step.len()).max().unwrap_or(0);
        println!("\n{:width$}  passed  failed  skipped      time", "step");
        for Row { step, counts, time } in &self.rows {
            let Counts { passed, failed, skipped } = counts;
            let (seconds, skips) = (time.as_secs_f64(), skipped.len());
            println!("{step:width$}  {passed:6}  {failed:6}  {skips:7}  {seconds:6.1} s");
        }
        for row in &self.rows {
            for reason in &row.counts.skipped {
                println!("skipped{}: {}: {reason}", if ci { ", so failed (CI)" } else { "" }, row.step);
            }
        }
        println!("in {:.0} s", time.as_secs_f64());
        let (line, well) = self.verdict(ci);
        println!("{line}");
        well
    }

    fn verdict(&self, ci: bool) -> (String, bool) {
        let sum = |count: fn(&Counts) -> usize| self.rows.iter().map(|row| count(&row.counts)).sum::<usize>();
        let passed = sum(|counts| counts.passed);
        let (failed, skipped) = (sum(|counts| counts.failed), sum(|counts| counts.skipped.len()));
        let (failed, skipped) = if ci { (failed + skipped, 0) } else { (failed, skipped) };
        let tail = if skipped > 0 { format!(", {skipped} skipped") } else { String::new() };
        (format!("{passed} passed, {failed} failed{tail}"), failed == 0 && passed > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(passed: usize, failed: usize, skipped: usize) -> Report {
        let mut report = Report::default();
        let skipped = vec!["reason".to_owned(); skipped];
        report.add("one", Counts { passed, failed, skipped }, Duration::ZERO);
        report.add("two", Counts { passed: 1, ..Counts::default() }, Duration::ZERO);
        report
    }

    #[test]
    fn the_closing_line_sums_the_steps() {
        assert_eq!(report(2, 0, 0).verdict(false), ("3 passed, 0 failed".to_owned(), true));
        assert_eq!(report(2, 1, 0).verdict(false), ("3 passed, 1 failed".to_owned(), false));
        assert_eq!(report(2, 0, 4).verdict(false), ("3 passed, 0 failed, 4 skipped".to_owned(), true));
    }

    #[test]
    fn in_ci_a_skip_is_a_failure() {
        assert_eq!(report(2, 0, 4).verdict(true), ("3 passed, 4 failed".to_owned(), false));
    }

    #[test]
    fn nothing_run_is_not_well() {
        assert!(!Report::default().verdict(false).1);
    }
}
